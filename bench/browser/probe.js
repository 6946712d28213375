// Runs in a page before any script of its own and notes what happens there. Times are those of performance.now(), in ms.
(() => {
  const nextFrame = requestAnimationFrame.bind(globalThis);
  const probe = (globalThis.probe = {
    /** [time of the frame, script since the frame before] */
    frames: [],
    asked: 0,
    answered: 0,
    lastAnswerMs: 0,
    /** Of the frame after the last answer about slices. */
    sharpMs: 0,
    outlinedMs: 0,
    pushedMs: 0,
    pressedMs: 0,
    worker: undefined,
    /** When all that was asked is drawn. */
    whenSharp: async () => {
      while (probe.asked > probe.answered || probe.sharpMs <= probe.lastAnswerMs) await new Promise(nextFrame);
      return probe.sharpMs;
    },
  });
  let scriptMs = 0;
  const timed = (work) => {
    const from = performance.now();
    work();
    scriptMs += performance.now() - from;
  };

  globalThis.requestAnimationFrame = (callback) => nextFrame((timeMs) => timed(() => callback(timeMs)));
  let drawnMs = 0;
  const tick = (timeMs) => {
    probe.frames.push([timeMs, scriptMs]);
    scriptMs = 0;
    // What was drawn in a frame is on its way to the screen once the next begins.
    if (drawnMs > probe.lastAnswerMs && probe.answered > 0) probe.sharpMs ||= performance.now();
    nextFrame(tick);
  };
  nextFrame(tick);

  for (const type of ['wheel', 'pointerdown', 'pointermove', 'pointerup', 'keydown']) {
    let fromMs = 0;
    addEventListener(type, () => (fromMs = performance.now()), { capture: true, passive: true });
    addEventListener(type, () => (scriptMs += performance.now() - fromMs), { passive: true });
  }
  addEventListener('pointerup', ({ timeStamp }) => (probe.pressedMs = timeStamp), true);

  const noteAnswer = () => {
    probe.answered++;
    probe.lastAnswerMs = performance.now();
    probe.sharpMs = 0;
  };
  const ask = fetch;
  globalThis.fetch = async (...of) => {
    const isPicture = /\/(window|devices|counters)$/.test(String(of[0]));
    if (isPicture) probe.asked++;
    const response = await ask(...of);
    if (isPicture) {
      const bytes = response.arrayBuffer.bind(response);
      response.arrayBuffer = () => bytes().finally(noteAnswer);
    }
    return response;
  };
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(...of) {
      super(...of);
      probe.worker = this;
    }
  };

  const { drawImage, strokeRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...of) {
    drawImage.apply(this, of);
    if (this.canvas.isConnected) drawnMs = performance.now();
  };
  CanvasRenderingContext2D.prototype.strokeRect = function (...of) {
    strokeRect.apply(this, of);
    probe.outlinedMs ||= performance.now();
  };
  const push = history.pushState;
  history.pushState = function (...of) {
    push.apply(this, of);
    probe.pushedMs ||= performance.now();
  };
})();
