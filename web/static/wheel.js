// One tab stop for the wheel, and arrow keys inside it. Without this every mark is a tab stop.
for (const wheel of document.querySelectorAll("svg.wheel")) {
  const rings = [...wheel.querySelectorAll(".wheel-months, .wheel-ring, .wheel-deadlines")]
    .map((ring) => [...ring.querySelectorAll("a")])
    .filter((marks) => marks.length > 0);
  const all = rings.flat();
  if (all.length === 0) continue;
  const rest = (chosen) => all.forEach((mark) => mark.setAttribute("tabindex", mark === chosen ? "0" : "-1"));
  const first = wheel.querySelector(".wheel-mark-is-next") || (rings[1] || rings[0])[0];
  rest(first);
  // On the frame: an SVG element with listeners of its own would become a tab stop too.
  const frame = wheel.parentElement;
  frame.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a");
    if (mark) rest(mark);
  });
  frame.addEventListener("keydown", (event) => {
    const mark = event.target.closest("a");
    const ring = rings.findIndex((marks) => marks.includes(mark));
    if (ring < 0) return;
    const place = rings[ring].indexOf(mark);
    const near = (marks) => marks[Math.min(Math.round((place * marks.length) / rings[ring].length), marks.length - 1)];
    const to = {
      ArrowRight: () => rings[ring][(place + 1) % rings[ring].length],
      ArrowLeft: () => rings[ring].at(place - 1),
      ArrowDown: () => ring + 1 < rings.length && near(rings[ring + 1]),
      ArrowUp: () => ring > 0 && near(rings[ring - 1]),
      Home: () => rings[ring][0],
      End: () => rings[ring].at(-1),
    }[event.key]?.();
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}
