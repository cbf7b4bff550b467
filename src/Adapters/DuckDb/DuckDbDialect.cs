using System.Globalization;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>SQL as DuckDB has it.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    DuckDbDialect()
    {
    }

    public static DuckDbDialect Instance { get; } = new();

    public override string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"$p{index}");

    public override string As(bool kept) => kept ? "AS MATERIALIZED" : "AS";

    public override string Microseconds(string time) => $"epoch_us({time})";

    public override string Seconds(string number) => $"to_seconds({number})";

    public override string DayOfWeek(string time) => $"isodow({time})";

    public override string DayText(string time) => $"strftime({time}, '%Y-%m-%d')";

    public override string MonthText(string time) => $"strftime({time}, '%Y-%m')";

    public override string Text(string value) => $"CAST({value} AS VARCHAR)";

    public override string Number(string text) => $"TRY_CAST({text} AS DOUBLE)";

    public override string StartsWith(string text, string prefix) => $"starts_with({text}, {prefix})";

    public override string EndsWith(string text, string suffix) => $"ends_with({text}, {suffix})";

    public override string Matches(string text, string pattern, bool ignoreCase) => $"regexp_matches({text}, {pattern}, {(ignoreCase ? "'i'" : "'c'")})";

    public override string Property(string json, string name, SqlParameters parameters)
    {
        var pointer = "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"json_extract_string({json}, {parameters.Add(pointer)})";
    }

    public override string PropertyNames(string json) => $"CAST(to_json(json_keys({json})) AS VARCHAR)";

    public override string IsOneOf(string column, IReadOnlyList<string> values, SqlParameters parameters) =>
        $"{column} IN (SELECT unnest(CAST({parameters.Add(values.ToList())} AS VARCHAR[])))";

    public override string Distinct(string column) => $"list(DISTINCT {column})";

    public override string Whole(string number, long divisor) => string.Create(CultureInfo.InvariantCulture, $"(({number}) // {divisor})");
}
