// Runs in a page before any script of its own and notes what happens there. Times are those of performance.now(), in ms.
(() => {
  const nextFrame = requestAnimationFrame.bind(globalThis);
  const PICTURES = new Set(['window', 'devices', 'counters', 'instants']);
  const probe = (globalThis.probe = {
    /** The time of each frame. */
    framesMs: [],
    /** In how many of them tracks were drawn. */
    draws: 0,
    /** When the worker had the run. */
    readyMs: 0,
    // Of the last click: the event, the selection in the store, its outline on the canvas.
    ...{ clickedMs: 0, storedMs: 0, outlinedMs: 0 },
    worker: undefined,
    /** Resolves when all that was asked is drawn, with when that was. */
    async whenSharp() {
      while (asked > answered || sharpMs === 0) await new Promise(nextFrame);
      return sharpMs;
    },
    async takeFrames() {
      const framesMs = probe.framesMs.splice(0);
      return { framesMs, endMs: performance.now(), sharpMs: await probe.whenSharp() };
    },
    forgetClick() {
      Object.assign(probe, { clickedMs: 0, storedMs: 0, outlinedMs: 0 });
    },
    async whenOutlined() {
      const fromMs = performance.now();
      while (probe.outlinedMs === 0 && performance.now() - fromMs < 500) await new Promise(nextFrame);
      return { storedMs: probe.storedMs - probe.clickedMs, outlinedMs: probe.outlinedMs - probe.clickedMs };
    },
    /** How long each takes until its answer is there, one after the other. */
    async timeWindows(asks) {
      const tookMs = [];
      for (const ask of asks) {
        const fromMs = performance.now();
        await (probe.worker === undefined ? askServer(ask) : askWorker(ask));
        tookMs.push(performance.now() - fromMs);
      }
      return tookMs;
    },
  });

  let [drawnMs, isDrawn] = [0, false];
  const tick = (timeMs) => {
    probe.framesMs.push(timeMs);
    if (isDrawn) probe.draws++;
    isDrawn = false;
    // What was drawn in a frame is handed to the screen by the time the next begins.
    if (hasSlices && drawnMs > answeredMs) sharpMs ||= performance.now();
    nextFrame(tick);
  };
  nextFrame(tick);
  const { drawImage, strokeRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...of) {
    drawImage.apply(this, of);
    // The overview is drawn once its own answer is there, and no tracks are drawn for it.
    drawnMs = performance.now();
    isDrawn ||= this.canvas.classList.contains('tracks-canvas');
  };

  // What pictures are made of: asked for and answered, over HTTP or by the worker.
  let [asked, answered, answeredMs, sharpMs, hasSlices] = [0, 0, 0, 0, false];
  const noteAnswer = (name) => {
    answered++;
    hasSlices ||= name === 'window';
    answeredMs = performance.now();
    sharpMs = 0;
  };
  const send = fetch;
  globalThis.fetch = async (...of) => {
    const name = String(of[0]).split('/').at(-1);
    if (!PICTURES.has(name)) return send(...of);
    asked++;
    const response = await send(...of);
    const read = response.arrayBuffer.bind(response);
    response.arrayBuffer = () => read().finally(() => noteAnswer(name));
    return response;
  };
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    #pictures = new Map();
    constructor(...of) {
      super(...of);
      probe.worker = this;
      this.addEventListener('message', ({ data }) => {
        if (data.state?.state === 'ready') probe.readyMs = performance.now();
        const name = this.#pictures.get(data.id);
        if (name !== undefined) noteAnswer(name);
      });
    }
    postMessage(order, ...more) {
      if (PICTURES.has(order.name)) {
        asked++;
        this.#pictures.set(order.id, order.name);
      }
      super.postMessage(order, ...more);
    }
    /** Past the page, which must not be waiting for anything. */
    order(order) {
      super.postMessage(order);
    }
  };

  async function askServer(ask) {
    const headers = { 'content-type': 'application/json' };
    const response = await send('api/0/window', { method: 'POST', headers, body: JSON.stringify(ask) });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the server says ${response.status}`);
  }

  function askWorker(ask) {
    const id = -1;
    return new Promise((resolve, reject) => {
      const take = ({ data }) => {
        if (data.id !== id) return;
        probe.worker.removeEventListener('message', take);
        if ('failure' in data) reject(new Error(data.failure.what));
        else resolve();
      };
      probe.worker.addEventListener('message', take);
      probe.worker.order({ id, name: 'window', ask });
    });
  }

  // A click: a new selection makes a new entry to go back to; the lines of an outline alone are 2 wide.
  addEventListener('pointerup', ({ timeStamp }) => (probe.clickedMs = timeStamp), true);
  const { pushState } = history;
  history.pushState = function (...of) {
    pushState.apply(this, of);
    if (String(of[2]).includes('slice=')) probe.storedMs ||= performance.now();
  };
  CanvasRenderingContext2D.prototype.strokeRect = function (...of) {
    strokeRect.apply(this, of);
    if (this.lineWidth === 2) probe.outlinedMs ||= performance.now();
  };
})();
