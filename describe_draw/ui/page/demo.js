// A finished game that shows itself step by step, until something of the visitor's own is there.

const STEP_TIME = 1400;

function demo() {
  if (calm()) return;
  const steps = [...$("demo").querySelectorAll("li"), $("demo").querySelector(".demo-end")];
  steps.slice(1).forEach((node, number) => {
    node.classList.add("to-come");
    setTimeout(() => node.classList.remove("to-come"), STEP_TIME * (number + 1));
  });
}
