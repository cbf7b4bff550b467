using System.Diagnostics;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Footfall.Bench.Load;

namespace Footfall.Bench.Processes;

/// <summary>What storing the rows alone costs: DuckDB's appender into a file, with the columns of <c>events_recent</c>, committed at the end.</summary>
static partial class AppenderRival
{
    public static double RowsPerSecond(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("footfall-appender-");
        try
        {
            using var connection = new DuckDBConnection($"Data Source={Path.Combine(folder.FullName, "rows.duckdb")}");
            connection.Open();
            Run(connection, EventsTable());
            var began = Stopwatch.GetTimestamp();
            using (var appender = connection.CreateAppender("events_recent"))
            {
                for (var row = 0; row < rows; row++)
                    Append(appender, row);
            }
            Run(connection, "CHECKPOINT");
            return rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string EventsTable() =>
        Table().Match(File.ReadAllText(Path.Combine(ServerProcess.Root, "src", "Adapters", "DuckDb", "Sql", "Schema.sql"))).Value;

    static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static void Append(DuckDBAppender appender, int number)
    {
        var time = DateTime.UnixEpoch.AddMilliseconds(1_700_000_000_000 + (number / 5));
        var visitor = RequestTemplate.VisitorOf(number);
        var page = (long)number * number % 2_000;
        appender.CreateRow()
            .AppendValue(1).AppendValue(time).AppendValue(time).AppendValue((long)number).AppendValue((long)number * 250)
            .AppendValue((ulong)visitor * 0x9E3779B97F4A7C15).AppendValue(visitor)
            .AppendValue("pageview").AppendValue("bench.example").AppendValue($"/articles/{page}").AppendValue($"Article {page} of the example site")
            .AppendValue(0).AppendValue(true).AppendValue(false).AppendValue(false)
            .AppendNullValue().AppendNullValue().AppendNullValue().AppendValue(0)
            .AppendNullValue().AppendNullValue().AppendNullValue().AppendNullValue()
            .EndRow();
    }

    [GeneratedRegex(@"CREATE TABLE IF NOT EXISTS events_recent \(.*?\);", RegexOptions.Singleline)]
    private static partial Regex Table();
}
