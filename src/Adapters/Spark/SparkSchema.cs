using System.Text.RegularExpressions;

namespace Footfall.Adapters.Spark;

/// <summary>
/// The columns of the warehouse's tables as Spark reads them: those of Schema.sql. Given to Spark, so that it opens no file to learn them. It has no
/// unsigned numbers: it reads those of 64 bits as decimals, of which <see cref="Columns"/> makes signed numbers of the same bits.
/// </summary>
static partial class SparkSchema
{
    const string Unsigned = "DECIMAL(20,0)";

    static readonly string Script = Read("Schema.sql");

    public static string Events { get; } = Of(Script, "events_recent");

    public static string Visits { get; } = Of(Script, "visit_parts");

    public static string Definitions { get; } = Of(Script, "definitions");

    public static string Amended { get; } = Of(Read("Amended.sql"), "amended");

    /// <summary>A query with the columns and no row.</summary>
    public static string Nothing(string schema) =>
        $"SELECT {string.Join(", ", Names(schema).Select(column => $"CAST(NULL AS {column.Type}) AS {column.Name}"))} WHERE false";

    /// <summary>The columns of a relation that holds files of a schema, one by one.</summary>
    /// <param name="change">Another expression for a column, or null.</param>
    public static string Columns(string schema, string relation, Func<string, string?>? change = null) => string.Join(", ", Names(schema).Select(column =>
        change?.Invoke(column.Name) is { } other ? $"{other} AS {column.Name}"
        : column.Type == Unsigned ? $"{Signed($"{relation}.{column.Name}")} AS {column.Name}"
        : $"{relation}.{column.Name}"));

    public static IEnumerable<(string Name, string Type)> Names(string schema) =>
        schema.Split(", ").Select(column => column.Split(' ', 2)).Select(column => (column[0], column[1]));

    static string Signed(string number) =>
        $"CAST(CASE WHEN {number} > 9223372036854775807 THEN {number} - 18446744073709551616 ELSE {number} END AS BIGINT)";

    static string Of(string script, string table)
    {
        var start = script.IndexOf($"CREATE TABLE IF NOT EXISTS {table} (", StringComparison.Ordinal);
        var columns = script[start..script.IndexOf(");", start, StringComparison.Ordinal)];
        return string.Join(", ", Column().Matches(columns).Select(column => $"{column.Groups["name"].Value} {TypeOf(column.Groups["type"].Value)}"));
    }

    static string TypeOf(string type) => type switch
    {
        "INTEGER" or "UTINYINT" => "INT",
        "UBIGINT" => Unsigned,
        "VARCHAR" => "STRING",
        "BIGINT" or "BOOLEAN" or "TIMESTAMP" or "DATE" => type,
        _ => throw new InvalidOperationException($"No type of Spark is known for {type}."),
    };

    static string Read(string script)
    {
        using var reader = new StreamReader(typeof(SparkSchema).Assembly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^    (?<name>[a-z_]+) +(?<type>[A-Z]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Column();
}
