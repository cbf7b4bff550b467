namespace Footfall.Drill.Ledger;

/// <summary>One event as it is sent. It carries its id as a property, so that a report lists it.</summary>
/// <param name="Time">Milliseconds.</param>
/// <param name="Repeatable">Whether it has an event id, so that it may be sent again.</param>
/// <param name="Fault">The number of the fault during which it was first sent.</param>
sealed record SentEvent(string Id, string Visitor, long Time, bool Repeatable, int Fault);
