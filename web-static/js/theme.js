// Before the first paint, so that a chosen theme does not flash: light, dark, or what the system says.
try {
  const theme = localStorage.getItem("sheaf.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's choice stands.
}
