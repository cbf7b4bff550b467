using System.Text.Json;

namespace Footfall.Server.Cli.Wire;

/// <summary>A report with what makes it trustworthy.</summary>
public sealed record ReportAnswer(
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyList<JsonElement>> Rows,
    IReadOnlyDictionary<string, JsonElement>? Totals,
    long RowCount,
    bool Exact,
    DateTimeOffset? CompleteUntil,
    string? DefinitionVersion,
    string? TimeZone,
    string? Identity);
