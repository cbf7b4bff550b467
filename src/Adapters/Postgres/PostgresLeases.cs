using System.Collections.Concurrent;
using Footfall.Core.Accounts;
using Footfall.Core.Leases;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>
/// Leases as rows of the primary, by its clock. All that a process holds are renewed by one statement every quarter of their time. A holder counts from
/// the moment it asked, the server from when it was asked, so the holder knows first that a lease is over. Commits do not wait for a standby: an epoch
/// is at least the milliseconds of the server's clock, so that one that was lost with a primary is not given out again.
/// </summary>
public sealed class PostgresLeases : ILeases, IAsyncDisposable
{
    /// <summary>How long a lease outlives its holder. A failover shorter than this costs nobody a lease.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);

    /// <summary>How much earlier than the server a holder takes a lease for lost.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);

    readonly PostgresDatabase _database;
    readonly TimeProvider _time;
    readonly Guid _holder = Guid.NewGuid();
    readonly ConcurrentDictionary<(string Name, long Epoch), Held> _held = [];
    readonly CancellationTokenSource _closing = new();
    readonly Task _renewing;
    int _isDisposed;

    /// <summary>One for each process: what another instance of the same process holds is another holder's.</summary>
    public PostgresLeases(PostgresDatabase database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _renewing = Task.Run(RenewAsync);
    }

    /// <exception cref="DatabaseUnavailableException">No primary could be asked.</exception>
    public async ValueTask<ILease?> TryTakeAsync(string name, CancellationToken cancellation)
    {
        var asked = _time.GetTimestamp();
        var epoch = await RunAsync("""
            INSERT INTO leases AS known (name, epoch, holder, expires_at)
            VALUES ($1, floor(extract(epoch FROM clock_timestamp()) * 1000), $2, clock_timestamp() + $3)
            ON CONFLICT (name) DO UPDATE SET epoch = greatest(known.epoch + 1, excluded.epoch), holder = excluded.holder, expires_at = clock_timestamp() + $3
            WHERE known.expires_at <= clock_timestamp()
            RETURNING epoch
            """, row => row.GetInt64(0), cancellation, name, _holder, Lasts);
        if (epoch is not [var taken])
            return null;
        var held = new Held(this, name, taken, Left(asked), _time);
        _held[(name, taken)] = held;
        return held;
    }

    /// <exception cref="DatabaseUnavailableException">No primary could be asked.</exception>
    public async ValueTask<IReadOnlyList<string>> HeldAsync(string prefix, CancellationToken cancellation) => await RunAsync(
        """SELECT name FROM leases WHERE starts_with(name, $1) AND expires_at > clock_timestamp() ORDER BY name COLLATE "C" """,
        row => row.GetString(0), cancellation, prefix);

    /// <summary>Gives back what is still held. Who is known to a container under two names is disposed twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _closing.CancelAsync();
        await _renewing;
        foreach (var held in _held.Values)
            await held.DisposeAsync();
        _closing.Dispose();
    }

    async Task RenewAsync()
    {
        var wait = Lasts / 4;
        while (true)
        {
            await Task.Delay(wait, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_closing.IsCancellationRequested)
                return;
            if (_held.IsEmpty)
                continue;
            var asked = _time.GetTimestamp();
            try
            {
                Renewed(await AskAsync(
                    "UPDATE leases SET expires_at = clock_timestamp() + $2 WHERE holder = $1 AND expires_at > clock_timestamp() RETURNING name, epoch",
                    row => (row.GetString(0), row.GetInt64(1)), _closing.Token, _holder, Lasts), asked);
                wait = Lasts / 4;
            }
            catch (Exception failure) when (PostgresDatabase.IsPassing(failure) || failure is PostgresException)
            {
                // The holders' own clocks run on, and end their leases when this goes on failing.
                _database.AskWhoIsWho();
                wait = RetryEvery;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>What was renewed lives on; what was not is another's by now, or was lost with a primary.</summary>
    void Renewed(IReadOnlyList<(string, long)> renewed, long asked)
    {
        var alive = renewed.ToHashSet();
        foreach (var (key, held) in _held)
        {
            if (alive.Contains(key))
                held.Live(Left(asked));
            else if (held.Since <= asked)
                held.Lose();
        }
    }

    async ValueTask GiveBackAsync(string name, long epoch)
    {
        _held.TryRemove((name, epoch), out _);
        try
        {
            await AskAsync(
                "UPDATE leases SET expires_at = '-infinity' WHERE name = $1 AND epoch = $2 AND holder = $3 RETURNING 1",
                row => row.GetInt32(0), CancellationToken.None, name, epoch, _holder);
        }
        catch (NpgsqlException)
        {
            // It ends by itself.
        }
    }

    TimeSpan Left(long asked)
    {
        var left = Lasts - Margin - _time.GetElapsedTime(asked);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    Task<List<T>> RunAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        _database.AttemptAsync(() => AskAsync(sql, read, cancellation, values), cancellation);

    async Task<List<T>> AskAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values)
    {
        await using var connection = await _database.Primary.OpenConnectionAsync(cancellation);
        return await connection.QueryAsync(sql, read, cancellation, values);
    }

    sealed class Held : ILease
    {
        readonly PostgresLeases _owner;
        readonly CancellationTokenSource _lost;
        int _given;

        public Held(PostgresLeases owner, string name, long epoch, TimeSpan left, TimeProvider time)
        {
            (_owner, Name, Epoch, Since) = (owner, name, epoch, time.GetTimestamp());
            _lost = new CancellationTokenSource(left, time);
            Lost = _lost.Token;
        }

        public string Name { get; }

        public long Epoch { get; }

        public CancellationToken Lost { get; }

        /// <summary>When it was known to be taken, as a timestamp of the clock: a renewal asked for before knows nothing of it.</summary>
        public long Since { get; }

        public void Live(TimeSpan left)
        {
            if (Volatile.Read(ref _given) == 0)
                _lost.CancelAfter(left);
        }

        public void Lose()
        {
            if (Volatile.Read(ref _given) == 0)
                _lost.Cancel();
        }

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0)
                return;
            await _owner.GiveBackAsync(Name, Epoch);
            // Not disposed: who renews may look at it at this moment. Without its timer it is nothing but memory.
            _lost.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
