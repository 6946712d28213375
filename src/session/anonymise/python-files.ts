/** Python files that everybody has. Readers need their names, and they tell nothing of who ran them. */

const PACKAGES = `torch torchvision torchaudio torch_npu torch_musa torch_supa torch_br torch_xla functorch apex
  intel_extension_for_pytorch transformer_engine triton flash_attn xformers vllm vllm_ascend vllm_musa sglang transformers
  tokenizers accelerate deepspeed megatron mindspeed mindspore peft diffusers safetensors timm einops numpy scipy pandas PIL
  sklearn matplotlib tensorboard ray fastapi starlette uvicorn uvloop tqdm huggingface_hub pydantic acl msprof mindstudio`;

const STANDARD_LIBRARY = `abc asyncio bisect codecs collections concurrent contextlib copy copyreg ctypes dataclasses datetime
  email encodings enum fnmatch functools genericpath glob gzip hashlib heapq hmac html http importlib inspect io json linecache locale
  logging multiprocessing numbers ntpath operator os pathlib pickle platform posixpath queue random re runpy sched selectors
  shutil signal site socket socketserver ssl stat string struct subprocess tempfile textwrap threading timeit tokenize
  traceback types typing unittest urllib uuid warnings weakref zipfile`;

const WELL_KNOWN = new Set(`${PACKAGES} ${STANDARD_LIBRARY}`.split(/\s+/));

/** Where the packages of an installation begin. Behind it stands what is imported. */
const INSTALLED = /(?:site|dist)-packages[\\/]+|[\\/]lib(?:64)?[\\/]+python\d[\d.]*[\\/]+(?!(?:site|dist)-packages)/g;

/** The part of a path that may be told, `torch/nn/functional.py`; undefined where all of it is somebody's own. */
export function wellKnownPart(path: string): string | undefined {
  let from = 0;
  for (const { index, 0: match } of path.matchAll(INSTALLED)) from = index + match.length;
  const part = path.slice(from);
  const [first] = part.split(/[\\/]/);
  return WELL_KNOWN.has(first.replace(/\.py[a-z]?$/, '')) ? part : undefined;
}
