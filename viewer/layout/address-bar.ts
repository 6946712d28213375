import type { AddressBar } from '../store.ts';

export function browserAddressBar(): AddressBar {
  return {
    read: () => location.hash,
    write(address, how) {
      if (how === 'push') history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    },
    listen(listener) {
      // A changed hash is a popstate, too, in today's browsers.
      addEventListener('popstate', listener);
      return () => removeEventListener('popstate', listener);
    },
  };
}
