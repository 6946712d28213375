import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';

/** The command that opens an address; undefined where there is no screen to show it on. */
export function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] | undefined {
  if (env.SSH_CONNECTION !== undefined) return undefined;
  if (platform === 'darwin') return ['open'];
  // Of `start` the first text in quotes is a title.
  if (platform === 'win32') return ['cmd.exe', '/d', '/c', 'start', '""'];
  return env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined ? undefined : ['xdg-open'];
}

/** Whether the desktop took the address; unknown for as long as its program runs, which may be as long as a browser does. */
export function openBrowser(
  address: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const [command, ...words] = openerOf(platform, env) ?? [];
  if (command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command, [...words, address], { stdio: 'ignore', detached: true, env });
    child.once('error', () => resolve(false));
    child.once('exit', (exitCode) => resolve(exitCode === 0));
    child.unref();
  });
}

/** What to run at home so that the address works there, too; undefined where nobody came over SSH. */
export function tunnelCommand({ SSH_CONNECTION }: NodeJS.ProcessEnv, name: string, port: number): string | undefined {
  // Who came and where they came to: an address and a port of each.
  const [, , address, sshPort] = SSH_CONNECTION?.split(' ') ?? [];
  if (address === undefined) return undefined;
  const other = sshPort === undefined || sshPort === '22' ? '' : `-p ${sshPort} `;
  return `ssh -N ${other}-L ${port}:${name}:${port} ${userInfo().username}@${address}`;
}
