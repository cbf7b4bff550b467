using System.Collections.Concurrent;
using Footfall.Adapters.Sql;
using Footfall.Core.Reports;

namespace Footfall.Adapters.Spark;

/// <summary>Sessions of Spark that are kept and used again, a bounded number; one whose work failed is not kept. Thread-safe.</summary>
public sealed class SparkSessions(SparkClient client, IReportFiles files) : ISqlSessions
{
    readonly SparkOptions _options = client.Options;
    readonly SemaphoreSlim _turns = new(client.Options.Sessions);
    readonly ConcurrentBag<Shown> _idle = [];

    public async ValueTask<T> InOneStateAsync<T>(Func<ISqlSession, ValueTask<T>> work, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(_options.Timeout, _options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await _turns.WaitAsync(stop.Token);
            try
            {
                return await AttemptAsync(work, stop.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new ReportTimeoutException(_options.Timeout);
        }
    }

    /// <summary>What was idle is left to the server, which lets go of it after a while: nobody waits for it while a process ends.</summary>
    public void Dispose()
    {
        _idle.Clear();
        _turns.Dispose();
    }

    async Task<T> AttemptAsync<T>(Func<ISqlSession, ValueTask<T>> work, CancellationToken stop)
    {
        var state = files.Newest();
        _idle.TryTake(out var idle);
        try
        {
            return await RunAsync(idle ?? await OpenAsync(stop), state, work, stop);
        }
        catch (SparkException failure) when ((idle is not null && SparkErrors.IsOfSession(failure)) || state.IsOld())
        {
            // A server that was started anew knows no session from before; and files are deleted once a state is old.
            return await RunAsync(await OpenAsync(stop), files.Newest(), work, stop);
        }
    }

    async Task<T> RunAsync<T>(Shown session, IFilesOfState state, Func<ISqlSession, ValueTask<T>> work, CancellationToken stop)
    {
        try
        {
            var answer = await work(new Session(session, state, stop));
            _idle.Add(session);
            return answer;
        }
        catch
        {
            await session.Spark.DisposeAsync();
            throw;
        }
    }

    async Task<Shown> OpenAsync(CancellationToken stop)
    {
        var session = await client.OpenAsync(stop);
        return new Shown(session, new SparkViews(session, _options));
    }

    sealed record Shown(SparkSession Spark, SparkViews Views);

    sealed class Session(Shown shown, IFilesOfState state, CancellationToken stop) : ISqlSession
    {
        public SqlDialect Dialect => SparkDialect.Instance;

        public async ValueTask ShowAsync(ReportScope scope) => await shown.Views.ShowAsync(state.Within(scope), scope.Site, stop);

        public async ValueTask<T> QueryAsync<T>(string sql, SqlParameters parameters, Func<ISqlRows, T> read) =>
            await shown.Spark.QueryAsync(sql, parameters, read, stop);
    }
}
