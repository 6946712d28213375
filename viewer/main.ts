import { HttpApi } from './api/http.ts';
import { WorkerApi } from './api/worker-api.ts';
import { start } from './start.ts';

const isServed = document.querySelector('meta[name="traceconv-runs"]')?.getAttribute('content') === 'server';
start(isServed ? new HttpApi() : new WorkerApi());
