using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Adapters.Memcached;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Memcached;

[Trait("speed", "slow")]
public sealed class MemcachedReportCacheTests : IAsyncLifetime
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly List<MemcachedNode> _nodes = [];
    MemcachedReportCache? _cache;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    MemcachedReportCache Cache => _cache!;

    public async ValueTask InitializeAsync()
    {
        _nodes.Add(await MemcachedNode.StartAsync());
        _nodes.Add(await MemcachedNode.StartAsync());
        _cache = new MemcachedReportCache([.. _nodes.Select(node => node.Address)], "one:", TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _cache?.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(17_000)]
    [InlineData(900_000)]
    public async Task What_was_kept_is_found_byte_for_byte(int length)
    {
        var value = new byte[length];
        new Random(length).NextBytes(value);
        await KeepAsync("key", value);
        Assert.Equal(value, await FindAsync("key"));
        await KeepAsync("key", [1]);
        Assert.Equal([1], await FindAsync("key"));
    }

    [Fact]
    public async Task What_was_never_kept_has_expired_or_is_of_another_installation_is_not_found()
    {
        using var another = new MemcachedReportCache([.. _nodes.Select(node => node.Address)], "two:", TimeProvider.System);
        await KeepAsync("key", [1, 2, 3]);
        Assert.Null(await Cache.GetAsync("another", Stop));
        Assert.Null(await another.GetAsync("key", Stop));
        await Cache.SetAsync("brief", new byte[] { 1 }, TimeSpan.FromSeconds(1), Stop);
        await Task.Delay(TimeSpan.FromSeconds(2.5), Stop);
        Assert.Null(await Cache.GetAsync("brief", Stop));
        await Cache.SetAsync("never", new byte[] { 1 }, TimeSpan.Zero, Stop);
        Assert.Null(await Cache.GetAsync("never", Stop));
        Assert.Equal([1, 2, 3], await FindAsync("key"));
    }

    [Fact]
    public async Task A_value_above_the_limit_of_memcached_is_kept_when_compression_makes_it_fit_and_else_left_out()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(number => $"{{\"page\":\"/products/{number}\"}}")));
        Assert.True(text.Length > 4_000_000);
        await KeepAsync("text", text);
        Assert.Equal(text, await FindAsync("text"));
        var noise = new byte[2_000_000];
        new Random(1).NextBytes(noise);
        await Cache.SetAsync("noise", noise, Hour, Stop);
        Assert.Null(await Cache.GetAsync("noise", Stop));
        Assert.Equal(text, await FindAsync("text"));
    }

    [Fact]
    public async Task A_long_key_or_one_with_blanks_goes_by_its_hash_and_is_compared_whole()
    {
        var (plain, odd) = (new string('k', 300), "a key with\r\nlines and ümlauts");
        await KeepAsync(plain, [1]);
        await KeepAsync(odd, [2]);
        Assert.Equal([1], await FindAsync(plain));
        Assert.Equal([2], await FindAsync(odd));
        Assert.Null(await Cache.GetAsync(plain + "k", Stop));
    }

    [Fact]
    public async Task What_lies_under_the_name_of_a_hashed_key_but_says_another_key_is_not_its_value()
    {
        var key = new string('k', 300);
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("one:" + key))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var node in _nodes)
        {
            byte[] value = [.. BitConverter.GetBytes(304), .. Encoding.UTF8.GetBytes("one:" + new string('x', 300)), 9];
            await SayAsync(node, [.. Encoding.ASCII.GetBytes($"ms one:{digest} {value.Length} F2\r\n"), .. value, .. "\r\n"u8]);
        }
        Assert.Null(await Cache.GetAsync(key, Stop));
        await KeepAsync(key, [1]);
        Assert.Equal([1], await FindAsync(key));
    }

    [Fact]
    public async Task What_many_ask_for_at_once_comes_to_each_as_they_asked()
    {
        foreach (var number in Enumerable.Range(0, 200))
            await KeepAsync($"key-{number}", Encoding.ASCII.GetBytes($"value {number}"));
        var wrong = 0;
        var found = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(asker => Task.Run(async () =>
        {
            var random = new Random(asker);
            for (var turn = 0; turn < 500; turn++)
            {
                var number = random.Next(200);
                var value = await Cache.GetAsync($"key-{number}", Stop);
                if (value is null)
                    continue;
                Interlocked.Increment(ref found);
                if (Encoding.ASCII.GetString(value) != $"value {number}")
                    Interlocked.Increment(ref wrong);
            }
        }, Stop)));
        Assert.Equal(0, wrong);
        // Some may have been given up on while the machine was busy.
        Assert.InRange(found, 4000, 8000);
    }

    [Fact]
    public async Task When_a_node_dies_its_keys_are_kept_by_the_other_and_when_it_is_back_it_is_used_again()
    {
        await _nodes[0].KillAsync();
        var began = Stopwatch.StartNew();
        for (var number = 0; number < 50; number++)
            await Cache.SetAsync($"key-{number}", new byte[] { (byte)number }, Hour, Stop);
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(5), $"it took {began.Elapsed}");
        for (var number = 0; number < 50; number++)
            await KeepAsync($"key-{number}", [(byte)number]);
        await _nodes[0].RestartAsync();
        await Task.Delay(MemcachedReportCache.EjectedFor, Stop);
        await EventuallyAsync(async () =>
        {
            for (var number = 0; number < 50; number++)
                await Cache.SetAsync($"key-{number}", new byte[] { (byte)number }, Hour, Stop);
            return await ItemsAsync(_nodes[0]) > 0;
        });
    }

    [Fact]
    public async Task A_node_that_hangs_costs_a_few_short_waits_and_is_then_left_alone()
    {
        await KeepAsync("warm", [1]);
        foreach (var node in _nodes)
            await node.FreezeAsync();
        var began = Stopwatch.StartNew();
        for (var number = 0; number < 200; number++)
            Assert.Null(await Cache.GetAsync($"key-{number}", Stop));
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(2), $"200 questions took {began.Elapsed}");
        foreach (var node in _nodes)
            await node.ContinueAsync();
        await Task.Delay(MemcachedReportCache.EjectedFor, Stop);
        await KeepAsync("again", [2]);
        Assert.Equal([2], await FindAsync("again"));
    }

    [Fact]
    public async Task A_server_that_speaks_something_else_is_a_cache_without_entries()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var cache = new MemcachedReportCache([listener.LocalEndpoint.ToString()!], "", TimeProvider.System);
        var asked = cache.GetAsync("key", Stop).AsTask();
        // On a machine that is too busy to connect in time the cache has given up, and is asked again once it looks anew.
        while (!listener.Pending())
        {
            await Task.Delay(100, Stop);
            if (asked.IsCompleted)
                asked = cache.GetAsync("key", Stop).AsTask();
        }
        using var peer = await listener.AcceptTcpClientAsync(Stop);
        await peer.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Stop);
        Assert.Null(await asked);
        await cache.SetAsync("key", new byte[] { 1 }, Hour, Stop);
    }

    /// <summary>Keeps a value, again when the machine was too busy to answer in time.</summary>
    Task KeepAsync(string key, byte[] value) => EventuallyAsync(async () =>
    {
        await Cache.SetAsync(key, value, Hour, Stop);
        return await Cache.GetAsync(key, Stop) is { } found && found.AsSpan().SequenceEqual(value);
    });

    async Task<byte[]?> FindAsync(string key)
    {
        byte[]? found = null;
        await EventuallyAsync(async () => (found = await Cache.GetAsync(key, Stop)) is not null);
        return found;
    }

    static async Task EventuallyAsync(Func<Task<bool>> isDone)
    {
        var began = Stopwatch.StartNew();
        while (!await isDone())
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), "it did not come to pass within ten seconds");
            await Task.Delay(100, Stop);
        }
    }

    static async Task<int> ItemsAsync(MemcachedNode node)
    {
        var told = await SayAsync(node, "stats\r\n"u8.ToArray());
        var at = told.IndexOf("STAT curr_items ", StringComparison.Ordinal) + "STAT curr_items ".Length;
        return int.Parse(told.AsSpan(at, told.IndexOf('\r', at) - at));
    }

    static async Task<string> SayAsync(MemcachedNode node, byte[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Port, Stop);
        await client.GetStream().WriteAsync(command, Stop);
        var said = "";
        var buffer = new byte[8192];
        do
        {
            var read = await client.GetStream().ReadAsync(buffer, Stop);
            said += Encoding.ASCII.GetString(buffer, 0, read);
        }
        while (!said.EndsWith("END\r\n", StringComparison.Ordinal) && !said.EndsWith("HD\r\n", StringComparison.Ordinal));
        return said;
    }
}
