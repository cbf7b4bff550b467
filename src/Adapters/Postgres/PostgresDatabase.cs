using Footfall.Core.Accounts;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>
/// The database of an installation: a primary and any number of standbys, found among the hosts of one connection string. Changes go to whichever is
/// the primary now. What fails because a server has just gone is tried again for <see cref="Patience"/>, on whoever has taken its place; then the
/// caller is told. Thread-safe; owned by the composition, which disposes it last.
/// </summary>
public sealed class PostgresDatabase : IDisposable
{
    /// <summary>How long a caller waits for a primary, and then for a standby to confirm a change.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a standby that did not confirm a change is not waited for by those who can do without.</summary>
    static readonly TimeSpan StandbyPause = TimeSpan.FromSeconds(30);

    /// <summary>A change is told to be made when a standby that commits wait for has it and shows it.</summary>
    readonly NpgsqlMultiHostDataSource _durable;

    /// <summary>A change is told to be made when the primary has it: for what can be made again, or is no loss.</summary>
    readonly NpgsqlMultiHostDataSource _plain;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _closing = new();
    long _standbyAwaySince;

    PostgresDatabase(string connection, TimeProvider time)
    {
        (_durable, _plain, _time) = (Source(connection, "remote_apply"), Source(connection, "local"), time);
        Primary = _plain.WithTargetSession(TargetSessionAttributes.Primary);
        Current = _plain.WithTargetSession(TargetSessionAttributes.PreferPrimary);
        Standby = _plain.WithTargetSession(TargetSessionAttributes.PreferStandby);
    }

    /// <summary>The primary, whose commits do not wait for a standby.</summary>
    internal NpgsqlDataSource Primary { get; }

    /// <summary>Whoever knows the latest: the primary, or a standby while there is none.</summary>
    internal NpgsqlDataSource Current { get; }

    /// <summary>A standby, or the primary while there is none. What it shows may be old.</summary>
    internal NpgsqlDataSource Standby { get; }

    /// <param name="connection">As Npgsql reads it, hosts separated by commas.</param>
    /// <exception cref="DatabaseUnavailableException">No server is reached, or the schema is of a newer program.</exception>
    public static PostgresDatabase Open(string connection, TimeProvider time)
    {
        var database = new PostgresDatabase(connection, time);
        try
        {
            Schema.Upgrade(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _durable.Dispose();
        _plain.Dispose();
        _closing.Dispose();
    }

    /// <summary>A change that no failure of one machine undoes: it is on a standby, and seen there, when this returns.</summary>
    /// <param name="change">Runs in a transaction, again when that failed before it was committed.</param>
    /// <exception cref="DatabaseUnavailableException">It was not made, or its standby did not confirm it in time, or the answer to the commit was lost.</exception>
    internal T Change<T>(Func<NpgsqlConnection, T> change)
    {
        var (result, isConfirmed) = Commit(_durable.WithTargetSession(TargetSessionAttributes.Primary), change);
        return isConfirmed ? result : throw new DatabaseUnavailableException(
            $"The primary of the database has made the change, but its standby did not confirm it within {Patience.TotalSeconds:0} seconds; see to the standby, or take it out of synchronous_standby_names.");
    }

    /// <summary>
    /// A change that is asked to reach a standby like the others, but that is good enough on the primary when none confirms it in time. After one
    /// that none confirmed, others do not wait for a while.
    /// </summary>
    internal T ChangeAnyway<T>(Func<NpgsqlConnection, T> change)
    {
        var away = Interlocked.Read(ref _standbyAwaySince);
        if (away != 0 && _time.GetElapsedTime(away) < StandbyPause)
            return Note(change);
        var (result, isConfirmed) = Commit(_durable.WithTargetSession(TargetSessionAttributes.Primary), change);
        Interlocked.Exchange(ref _standbyAwaySince, isConfirmed ? 0 : _time.GetTimestamp());
        return result;
    }

    /// <summary>A change that waits for the primary's disk alone, such as when somebody was last seen.</summary>
    internal T Note<T>(Func<NpgsqlConnection, T> change) => Commit(Primary, change).Result;

    /// <summary>What is true now, the caller's own changes included.</summary>
    internal T Read<T>(Func<NpgsqlConnection, T> read) => Attempt(() =>
    {
        using var connection = Current.OpenConnection();
        return read(connection);
    });

    /// <summary>The rows of a statement, asked of one of the servers without a thread that waits.</summary>
    /// <exception cref="DatabaseUnavailableException">None could be asked.</exception>
    internal Task<List<T>> ReadAsync<T>(
        NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        AttemptAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await connection.QueryAsync(sql, read, cancellation, values);
        }, cancellation);

    /// <summary>How many bytes of the primary's log a standby has not applied yet; null when there is no standby to ask.</summary>
    /// <exception cref="DatabaseUnavailableException">No primary could be asked.</exception>
    public long? StandbyLag()
    {
        var end = Attempt(() => Position(Primary, "SELECT (pg_current_wal_lsn() - '0/0')::bigint"));
        var applied = Attempt(() => Position(Standby, "SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::bigint END"));
        return applied is null ? null : Math.Max(0, end!.Value - applied.Value);
    }

    /// <summary>Does something again until it is done, a failure is one that does not pass, or the caller's patience is over.</summary>
    internal T Attempt<T>(Func<T> attempt)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                Bear(failure, began);
                _closing.Token.WaitHandle.WaitOne(Pause);
            }
        }
    }

    /// <inheritdoc cref="Attempt"/>
    internal async Task<T> AttemptAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                Bear(failure, began);
                await Task.Delay(Pause, _time, cancellation);
            }
        }
    }

    /// <summary>Who was a primary may be a standby now, and the other way round: each server is asked anew.</summary>
    internal void AskWhoIsWho()
    {
        _durable.ClearDatabaseStates();
        _plain.ClearDatabaseStates();
    }

    /// <summary>A failure of the connection or of the server's state, which another server or another moment may not have.</summary>
    internal static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException answered => answered.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException => true,
        _ => false,
    };

    void Bear(Exception failure, long began)
    {
        AskWhoIsWho();
        if (_time.GetElapsedTime(began) >= Patience || _closing.IsCancellationRequested)
            throw new DatabaseUnavailableException($"The database cannot be reached: {Reason(failure)}", failure);
    }

    (T Result, bool IsConfirmed) Commit<T>(NpgsqlDataSource primary, Func<NpgsqlConnection, T> change)
    {
        var (connection, transaction, result) = Attempt(() =>
        {
            var opened = primary.OpenConnection();
            try
            {
                var begun = opened.BeginTransaction();
                return (opened, begun, change(opened));
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        });
        // A failure from here on leaves open whether the change was made, so it is not tried again. A wait that is cancelled commits with a warning.
        using (connection)
        using (transaction)
        {
            var isConfirmed = true;
            connection.Notice += (_, told) => isConfirmed &= told.Notice.InvariantSeverity != "WARNING";
            try
            {
                transaction.Commit();
            }
            catch (NpgsqlException failure)
            {
                throw new DatabaseUnavailableException($"The database did not answer whether it made the change: {Reason(failure)}", failure);
            }
            return (result, isConfirmed);
        }
    }

    static long? Position(NpgsqlDataSource source, string sql)
    {
        using var connection = source.OpenConnection();
        return connection.Query(sql, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0))[0];
    }

    static NpgsqlMultiHostDataSource Source(string connection, string commit)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        Default(settings, "Timeout", static settings => settings.Timeout = 3);
        Default(settings, "Command Timeout", static settings => settings.CommandTimeout = (int)Patience.TotalSeconds);
        Default(settings, "Host Recheck Seconds", static settings => settings.HostRecheckSeconds = 1);
        Default(settings, "Keepalive", static settings => settings.KeepAlive = 10);
        Default(settings, "Maximum Pool Size", static settings => settings.MaxPoolSize = 20);
        Default(settings, "Application Name", static settings => settings.ApplicationName = "footfall");
        settings.Options = $"{settings.Options} -c synchronous_commit={commit}".TrimStart();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost();
    }

    /// <summary>Sets what the operator has not set.</summary>
    static void Default(NpgsqlConnectionStringBuilder settings, string name, Action<NpgsqlConnectionStringBuilder> set)
    {
        if (!settings.ContainsKey(name) || !settings.ShouldSerialize(name))
            set(settings);
    }

    static string Reason(Exception failure) => failure.InnerException is AggregateException { InnerExceptions: [.., var last] } ? last.Message : failure.Message;
}
