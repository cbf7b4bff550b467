namespace Footfall.EndToEnd.Counting;

public sealed class BreakdownsOfABusyMonth(BusyMonth month) : Breakdowns(month), IClassFixture<BusyMonth>;
