using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Footfall.Adapters.Spark.Protocol;
using Footfall.Adapters.Sql;
using Grpc.Core;

namespace Footfall.Adapters.Spark;

/// <summary>A session of Spark, whose temporary views and options are its own. One statement at a time.</summary>
public sealed class SparkSession : IAsyncDisposable
{
    /// <summary>What answers depend on: as in the other engines, times are UTC and texts are compared and changed as they are.</summary>
    static readonly (string Key, string Value)[] Settled =
    [
        ("spark.sql.session.timeZone", "UTC"),
        ("spark.sql.ansi.enabled", "true"),
        ("spark.sql.parquet.inferTimestampNTZ.enabled", "false"),
        ("spark.sql.caseSensitive", "false"),
        ("spark.sql.execution.arrow.useLargeVarTypes", "false"),
    ];

    readonly SparkClient _client;

    internal SparkSession(SparkClient client) => _client = client;

    public string Id { get; } = Guid.NewGuid().ToString();

    internal SparkClient Client => _client;

    /// <summary>What the server calls the session; a server that was started anew refuses it, rather than begin another of the same id, without its views and options.</summary>
    internal string ServerSide { get; private set; } = "";

    internal UserContext User { get; } = new() { UserId = "footfall", UserName = "footfall" };

    /// <summary>Spark's version, such as <c>4.2.0</c>.</summary>
    /// <exception cref="SparkException">It could not be asked.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        var request = new AnalyzePlanRequest { SessionId = Id, UserContext = User, SparkVersion = new AnalyzePlanRequest.Types.SparkVersion() };
        return (await CallAsync(_client.Service.AnalyzePlanAsync(request, cancellationToken: cancellation), cancellation)).SparkVersion.Version;
    }

    /// <summary>What a query returns, as it comes. Stopping to read stops the query.</summary>
    /// <exception cref="SparkException">It failed, or the connection broke for longer than is borne.</exception>
    public async IAsyncEnumerable<RecordBatch> StreamAsync(
        string sql, SqlParameters? parameters = null, Action<SparkProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var statement = new SparkStatement(this, new Plan { Root = Relation(sql, parameters) });
        await foreach (var response in statement.RunAsync(cancellation))
        {
            if (response.ResponseTypeCase == ExecutePlanResponse.ResponseTypeOneofCase.ExecutionProgress)
                progress?.Invoke(SparkProgress.From(response.ExecutionProgress));
            if (response.ResponseTypeCase != ExecutePlanResponse.ResponseTypeOneofCase.ArrowBatch)
                continue;
            // Each message is a stream of Arrow of its own.
            using var reader = new ArrowStreamReader(response.ArrowBatch.Data.Memory);
            while (await reader.ReadNextRecordBatchAsync(cancellation) is { } batch)
                yield return batch;
        }
    }

    /// <summary>Runs a query, and reads all of what it returned.</summary>
    /// <inheritdoc cref="StreamAsync"/>
    public async Task<T> QueryAsync<T>(string sql, SqlParameters parameters, Func<ISqlRows, T> read, CancellationToken cancellation)
    {
        var batches = new List<RecordBatch>();
        try
        {
            await foreach (var batch in StreamAsync(sql, parameters, progress: null, cancellation))
                batches.Add(batch);
            return read(new SparkRows(batches));
        }
        finally
        {
            batches.ForEach(batch => batch.Dispose());
        }
    }

    /// <summary>Has a name stand for the rows of Parquet files until it is given another meaning.</summary>
    /// <param name="schema">Columns and types, as Spark writes them.</param>
    /// <exception cref="SparkException">It failed.</exception>
    public Task ShowFilesAsync(string name, string schema, IEnumerable<string> addresses, CancellationToken cancellation) =>
        ShowAsync(name, new Relation { Read = new Read { DataSource = new Read.Types.DataSource { Format = "parquet", Schema = schema, Paths = { addresses } } } }, cancellation);

    /// <summary>Has a name stand for a query until it is given another meaning.</summary>
    /// <exception cref="SparkException">It failed.</exception>
    public Task ShowQueryAsync(string name, string sql, CancellationToken cancellation) => ShowAsync(name, Relation(sql, null), cancellation);

    /// <summary>The session's views and what it has in memory are let go of; a server that is away lets go of them by itself later.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            var request = new ReleaseSessionRequest { SessionId = Id, UserContext = User };
            await _client.Service.ReleaseSessionAsync(request, deadline: _client.Options.Time.GetUtcNow().UtcDateTime.AddSeconds(5));
        }
        catch (RpcException)
        {
            // Told above.
        }
    }

    internal async Task ConfigureAsync(CancellationToken cancellation)
    {
        var set = new ConfigRequest.Types.Set();
        foreach (var (key, value) in _client.Options.Session.Select(pair => (pair.Key, pair.Value)).Concat(Settled))
            set.Pairs.Add(new KeyValue { Key = key, Value = value });
        var request = new ConfigRequest { SessionId = Id, UserContext = User, Operation = new ConfigRequest.Types.Operation { Set = set } };
        ServerSide = (await CallAsync(_client.Service.ConfigAsync(request, cancellationToken: cancellation), cancellation)).ServerSideSessionId;
    }

    static Relation Relation(string sql, SqlParameters? parameters)
    {
        var relation = new Relation { Sql = new SQL { Query = sql } };
        foreach (var (index, value) in (parameters?.Values ?? []).Index())
            relation.Sql.NamedArguments.Add(string.Create(CultureInfo.InvariantCulture, $"p{index}"), new Expression { Literal = Literal(value) });
        return relation;
    }

    static Expression.Types.Literal Literal(object value) => value switch
    {
        bool flag => new() { Boolean = flag },
        int number => new() { Integer = number },
        long number => new() { Long = number },
        double number => new() { Double = number },
        string text => new() { String = text },
        DateOnly day => new() { Date = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber },
        DateTime time => new() { Timestamp = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "Statements of Spark have no parameters of this type."),
    };

    async Task ShowAsync(string name, Relation relation, CancellationToken cancellation)
    {
        var command = new Command { CreateDataframeView = new CreateDataFrameViewCommand { Input = relation, Name = name, Replace = true } };
        // It answers with nothing but its end.
        await foreach (var _ in new SparkStatement(this, new Plan { Command = command }).RunAsync(cancellation))
            continue;
    }

    static async Task<T> CallAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellation)
    {
        try
        {
            return await call;
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw SparkErrors.From(failure);
        }
    }
}
