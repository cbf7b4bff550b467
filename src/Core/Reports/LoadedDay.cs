using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>A slice made ready to be added to others of its site and dimension. Does not change.</summary>
/// <param name="Numbers">The number of the visitor at each place that the sets name.</param>
/// <param name="ValueIds">The number of each row's value among the values of the dimension.</param>
sealed record LoadedDay(DaySlice Slice, int[] Numbers, int[] ValueIds);
