// Has the browser keep the page that says that there is no network (templates/portal/worker.js): once the page itself is
// there, so that nothing waits for it on a slow line.

export function start(element) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return; // an old browser, or no HTTPS
  const register = () => serviceWorker.register(element.dataset.worker).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
