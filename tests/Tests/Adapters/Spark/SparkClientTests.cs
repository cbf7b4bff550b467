using System.Diagnostics;
using Apache.Arrow;
using Footfall.Adapters.Spark;
using Footfall.Adapters.Sql;

namespace Footfall.Tests.Adapters.Spark;

[Trait("speed", "slow")]
[Collection(SharedSpark.Collection)]
public sealed class SparkClientTests(SharedSpark spark)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_tells_the_version()
    {
        using var client = spark.Client("/");
        await using var session = await client.OpenAsync(Stop);
        Assert.Equal("4.2.0", await session.VersionAsync(Stop));
    }

    [Fact]
    public async Task Parameters_come_back_as_they_went()
    {
        using var client = spark.Client("/");
        await using var session = await client.OpenAsync(Stop);
        var parameters = new SqlParameters(SparkDialect.Instance);
        var (time, day) = (new DateTime(2025, 10, 26, 1, 2, 3, 456), new DateOnly(1969, 12, 31));
        object[] values = [7, long.MinValue, 2.5, "it's \\ \"ü\" :p1", time, day];
        var sql = "SELECT " + string.Join(", ", values.Select(parameters.Add));
        var row = await session.QueryAsync(sql, parameters, rows =>
            rows.Read() ? (rows.GetInt32(0), rows.GetInt64(1), rows.GetDouble(2), rows.GetString(3), rows.GetDateTime(4), rows.GetDate(5)) : default, Stop);
        Assert.Equal((7, long.MinValue, 2.5, "it's \\ \"ü\" :p1", time, day), row);
    }

    [Fact]
    public async Task An_error_has_its_class_and_what_Spark_says()
    {
        using var client = spark.Client("/");
        await using var session = await client.OpenAsync(Stop);
        var wrong = await Assert.ThrowsAsync<SparkException>(() => CountAsync(session, "SELEC 1"));
        Assert.Equal(("PARSE_SYNTAX_ERROR", false), (wrong.ErrorClass, wrong.IsAway));
        var missing = await Assert.ThrowsAsync<SparkException>(() => CountAsync(session, "SELECT * FROM no_such_table"));
        Assert.Equal("TABLE_OR_VIEW_NOT_FOUND", missing.ErrorClass);
        Assert.Contains("no_such_table", missing.Message, StringComparison.Ordinal);
        Assert.Equal(5, await CountAsync(session, "SELECT id FROM range(5)"));
    }

    [Fact]
    public async Task What_runs_is_stopped_when_nobody_waits_for_it_any_more()
    {
        using var client = spark.Client("/");
        await using var session = await client.OpenAsync(Stop);
        await CountAsync(session, "SELECT 1");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var progress = new List<SparkProgress>();
        var running = Task.Run(async () =>
        {
            await foreach (var batch in session.StreamAsync("SELECT sum(sqrt(id)) FROM range(0, 4000000000, 1, 8)", null, progress.Add, enough.Token))
                batch.Dispose();
        }, Stop);
        for (var patience = Stopwatch.StartNew(); !progress.Exists(step => step.Tasks >= 8) && patience.Elapsed < TimeSpan.FromSeconds(30);)
            await Task.Delay(50, Stop);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains(progress, step => step.Tasks >= 8 && step.TasksDone < step.Tasks);
        // Both cores were busy with it for minutes to come; now they are free.
        var began = Stopwatch.StartNew();
        Assert.Equal(1000, await CountAsync(session, "SELECT id FROM range(0, 1000, 1, 2) WHERE id >= 0"));
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(20), $"The next question took {began.Elapsed.TotalSeconds:N1} s.");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        await using var line = new CutConnections(spark.Address);
        using var client = spark.Client("/", options => options with { Address = line.Address });
        await using var session = await client.OpenAsync(Stop);
        var (rows, sum, next) = (0L, 0L, 1L);
        await foreach (var batch in session.StreamAsync("SELECT id, repeat('x', 200) AS text FROM range(0, 200000, 1, 8)", cancellation: Stop))
        {
            var ids = (Int64Array)batch.Column(0);
            (rows, sum) = (rows + ids.Length, sum + ids.Values.ToArray().Sum());
            batch.Dispose();
            if (rows >= next * 40_000 && next < 4)
            {
                line.Cut();
                next++;
            }
        }
        Assert.Equal((200_000L, 199_999L * 100_000), (rows, sum));
        Assert.Equal(3, line.Cuts);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so()
    {
        using var client = spark.Client("/", options => options with { Address = new Uri("http://127.0.0.1:9"), Patience = TimeSpan.FromSeconds(1) });
        var away = await Assert.ThrowsAsync<SparkException>(() => client.OpenAsync(Stop));
        Assert.True(away.IsAway);
        Assert.StartsWith("Spark does not answer", away.Message, StringComparison.Ordinal);
    }

    static Task<int> CountAsync(SparkSession session, string sql) => session.QueryAsync(sql, new SqlParameters(SparkDialect.Instance), rows =>
    {
        var count = 0;
        while (rows.Read())
            count++;
        return count;
    }, Stop);
}
