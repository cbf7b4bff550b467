using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Adapters.Memcached;
using Footfall.Bench.Results;
using Footfall.Servers;

namespace Footfall.Bench.Benchmarks;

/// <summary>
/// Answers a second out of one memcached: through the cache as reports use it, and by a loop that does nothing but send the same commands in pieces of
/// many and count the bytes that come back. They take turns. What each answer costs memcached is the same, so what differs is ours.
/// </summary>
static class CacheBenchmark
{
    const int Keys = 1000;
    const int Askers = 64;
    const int Connections = 2;
    const int Runs = 3;

    static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync()
    {
        var result = new ResultFile(
            "cache",
            "Answers out of memcached",
            $"{Keys:N0} keys with values of one size in one memcached of two threads on the loopback. Through the cache as reports use it, {Askers} askers at once over {Connections} connections; and by a loop of {Connections} connections that sends the same commands {Askers / Connections} at a time and counts the bytes that come back. They take turns of {Lasts.TotalSeconds:0} s; medians of {Runs}. CPU is the asking process's, user and system. Run with `bench/run cache`.");
        result.Columns("bytes an answer", "the cache, answers/s", "the loop, answers/s", "of the loop", "the cache, CPU an answer", "the loop, CPU an answer");
        await using var memcached = await MemcachedNode.StartAsync();
        foreach (var bytes in (int[])[500, 2_000, 10_000])
        {
            using var cache = new MemcachedReportCache([memcached.Address], "bench:", TimeProvider.System);
            await FillAsync(cache, bytes);
            var (ours, loop) = (new List<Turn>(), new List<Turn>());
            for (var run = 0; run < Runs; run++)
            {
                loop.Add(await TurnAsync(() => LoopsAsync(memcached.Port, bytes)));
                ours.Add(await TurnAsync(() => AskAsync(cache, bytes)));
            }
            var (our, bare) = (Median(ours), Median(loop));
            result.Row(
                ResultFile.Number(bytes), ResultFile.Number(our.PerSecond), ResultFile.Number(bare.PerSecond), ResultFile.Number(our.PerSecond / bare.PerSecond, 2),
                ResultFile.Number(our.Microseconds, 1) + " us", ResultFile.Number(bare.Microseconds, 1) + " us");
        }
        return result.Save();
    }

    static async Task FillAsync(MemcachedReportCache cache, int bytes)
    {
        var random = new Random(1);
        for (var key = 0; key < Keys; key++)
        {
            var value = new byte[bytes];
            random.NextBytes(value);
            do
                await cache.SetAsync(NameOf(key), value, TimeSpan.FromHours(1), CancellationToken.None);
            while (await cache.GetAsync(NameOf(key), CancellationToken.None) is null);
        }
    }

    static async Task<Turn> TurnAsync(Func<Task<long>> ask)
    {
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var answers = await ask();
        return new Turn(answers / Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / answers);
    }

    static async Task<long> AskAsync(MemcachedReportCache cache, int bytes)
    {
        var answers = 0L;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Askers).Select(asker => Task.Run(async () =>
        {
            var found = 0L;
            for (var turn = asker * 17; Stopwatch.GetElapsedTime(began) < Lasts; turn++)
            {
                if (await cache.GetAsync(NameOf(turn % Keys), CancellationToken.None) is { } value)
                    found += value.Length == bytes ? 1 : throw new InvalidOperationException("an answer is of another length");
                else
                    await MissAsync();
            }
            Interlocked.Add(ref answers, found);
        })));
        return answers;
    }

    /// <summary>
    /// A report would be computed now. Askers who do nothing but ask again never let go of the pool's threads, so that a node that was ejected once can
    /// not answer in time and stays away for the rest of the turn.
    /// </summary>
    static Task MissAsync() => Task.Delay(1);

    static async Task<long> LoopsAsync(int port, int bytes) =>
        (await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(() => Loop(port, bytes, connection))))).Sum();

    static long Loop(int port, int bytes, int first)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        const int Each = Askers / Connections;
        var answerBytes = string.Create(CultureInfo.InvariantCulture, $"VA {bytes} f0\r\n").Length + bytes + 2;
        var buffer = new byte[Each * answerBytes];
        var answers = 0L;
        var began = Stopwatch.GetTimestamp();
        var commands = Enumerable.Range(0, Keys).Select(batch => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Each).Select(place => $"mg bench:{NameOf((batch + place) % Keys)} f v\r\n")))).ToList();
        for (var turn = first * 17; Stopwatch.GetElapsedTime(began) < Lasts; turn++)
        {
            socket.Send(commands[turn % Keys]);
            for (var read = 0; read < buffer.Length;)
            {
                var piece = socket.Receive(buffer.AsSpan(read));
                read += piece > 0 ? piece : throw new InvalidOperationException("memcached has closed the connection");
            }
            if (BinaryPrimitives.ReadUInt16LittleEndian(buffer) != 'V' + ('A' << 8))
                throw new InvalidOperationException("an answer is none");
            answers += Each;
        }
        return answers;
    }

    static string NameOf(int key) => string.Create(CultureInfo.InvariantCulture, $"report/{key}/2026-11-25/visitors");

    static Turn Median(List<Turn> turns) => turns.OrderBy(turn => turn.PerSecond).ElementAt(turns.Count / 2);

    readonly record struct Turn(double PerSecond, double Microseconds);
}
