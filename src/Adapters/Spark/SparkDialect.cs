using System.Globalization;
using System.Text.Json;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>SQL as Spark has it, in a session of UTC.</summary>
public sealed class SparkDialect : SqlDialect
{
    SparkDialect()
    {
    }

    public static SparkDialect Instance { get; } = new();

    public override string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $":p{index}");

    /// <summary>Spark has no word for it: it finds what is the same twice in a plan by itself.</summary>
    public override string As(bool kept) => "AS";

    public override string Microseconds(string time) => $"unix_micros({time})";

    public override string Seconds(string number) => $"make_dt_interval(0, 0, 0, {number})";

    public override string DayOfWeek(string time) => $"(weekday({time}) + 1)";

    public override string DayText(string time) => $"date_format({time}, 'yyyy-MM-dd')";

    public override string MonthText(string time) => $"date_format({time}, 'yyyy-MM')";

    public override string Text(string value) => $"CAST({value} AS STRING)";

    public override string Number(string text) => $"TRY_CAST({text} AS DOUBLE)";

    public override string StartsWith(string text, string prefix) => $"startswith({text}, {prefix})";

    public override string EndsWith(string text, string suffix) => $"endswith({text}, {suffix})";

    public override string Matches(string text, string pattern, bool ignoreCase) => $"({text} RLIKE {(ignoreCase ? $"concat('(?iu)', {pattern})" : pattern)})";

    public override string Property(string json, string name, SqlParameters parameters) =>
        $"element_at(from_json({json}, 'MAP<STRING, STRING>'), {parameters.Add(name)})";

    public override string PropertyNames(string json) => $"to_json(json_object_keys({json}))";

    public override string IsOneOf(string column, IReadOnlyList<string> values, SqlParameters parameters) =>
        $"array_contains(from_json({parameters.Add(JsonSerializer.Serialize(values))}, 'ARRAY<STRING>'), {column})";

    public override string Distinct(string column) => $"collect_set({column})";

    public override string Whole(string number, long divisor) => string.Create(CultureInfo.InvariantCulture, $"(({number}) DIV {divisor})");
}
