namespace Footfall.Drill.Faults;

/// <summary>Something that goes wrong while events arrive. When it has run, the server runs and acknowledges again.</summary>
/// <param name="Name">As <c>--faults</c> names it.</param>
/// <param name="Missing">Why it cannot be done here, as a sentence; null when it can.</param>
/// <param name="RunAsync">Throws when the server does other than it must.</param>
sealed record Fault(string Name, string What, Func<Drill, string?> Missing, Func<Drill, Task> RunAsync);
