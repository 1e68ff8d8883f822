{% load static %}// Shows the page that says that there is no network, where a page of the portal cannot come. It keeps that page and what
// draws it, and nothing else: whatever a person sees goes by as if this were not here. The desk is left alone.

const CACHE = "offline-{{ version }}";
const PAGE = "{% url 'portal:offline' %}";
const PARTS = [{% for part in parts %}"{{ part|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OURS = /^\/($|accessibility\/|c\/|complain\/|open\/|track\/)/;

// Pages that are asked for. Forms are left to the browser: it can send one again, and go back to what came of one, which
// it could not if the answer had gone through here.
function isPage(request, pathname) {
  return request.mode === "navigate" && request.method === "GET" && OURS.test(pathname);
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...PARTS])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = (names) => names.filter((name) => name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(older(names))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (isPage(request, pathname)) event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  else if (PARTS.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(pathname)));
});
