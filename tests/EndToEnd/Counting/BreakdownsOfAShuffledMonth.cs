namespace Footfall.EndToEnd.Counting;

public sealed class BreakdownsOfAShuffledMonth(ShuffledMonth month) : Breakdowns(month), IClassFixture<ShuffledMonth>;
