namespace Footfall.Core.Reports;

/// <summary>The same question for another range, as it travels: a row beside each row of the answer.</summary>
public sealed record ComparedDocument(
    DateOnly From, DateOnly To, IReadOnlyList<IReadOnlyList<object?>> Rows, IReadOnlyDictionary<string, double?> Totals);
