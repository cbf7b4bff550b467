namespace Footfall.Core.Leases;

/// <summary>
/// Spreads numbered pieces of work evenly over the processes that offer to do them: each holds the leases of its share, gives back what is beyond
/// it when another comes, and takes what is free when one goes. Every worker registers under a lease of its own, so that all of them count the same.
/// </summary>
/// <param name="kind">What the leases' names begin with, such as <c>processor</c>.</param>
/// <param name="pieces">How many there are, numbered from 0.</param>
/// <param name="member">This process's name, which no other has.</param>
public sealed class LeasedWork(ILeases leases, string kind, int pieces, string member, TimeProvider clock)
{
    // Whoever runs the work chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly Dictionary<int, Piece> _mine = [];
    ILease? _membership;

    /// <summary>Works until cancelled, then gives everything back. Failures are told to <paramref name="failed"/> and tried again.</summary>
    /// <param name="work">Does a piece until cancelled. When it ends by itself, the lease is given back and taken anew by whoever comes first.</param>
    public async Task RunAsync(Func<int, ILease, CancellationToken, Task> work, Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ShareAsync(work, failed, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                // What is held is held until its lease says otherwise.
                failed(failure);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await Task.Delay(Every, clock, cancellation).ConfigureAwait(Quietly);
        }
        await Task.WhenAll(_mine.Keys.ToList().Select(GiveBackAsync));
        if (_membership is not null)
            await _membership.DisposeAsync();
    }

    /// <summary>Takes and gives back until this process has its share, as far as the others let it.</summary>
    async Task ShareAsync(Func<int, ILease, CancellationToken, Task> work, Action<Exception> failed, CancellationToken cancellation)
    {
        foreach (var ended in _mine.Where(piece => piece.Value.Work.IsCompleted).Select(piece => piece.Key).ToList())
            await GiveBackAsync(ended);
        var (first, share) = await ShareOfMineAsync(cancellation);
        // Going round from its own place, each looks first at what no other looks at first.
        var wanted = Enumerable.Range(0, pieces).Select(step => (first + step) % pieces).ToList();
        foreach (var surplus in wanted.Where(_mine.ContainsKey).Skip(share).ToList())
            await GiveBackAsync(surplus);
        foreach (var piece in wanted.Where(piece => !_mine.ContainsKey(piece)))
        {
            if (_mine.Count >= share)
                return;
            if (await leases.TryTakeAsync(FormattableString.Invariant($"{kind}/{piece}"), cancellation) is { } lease)
                _mine[piece] = Begin(piece, lease, work, failed, cancellation);
        }
    }

    async Task<(int First, int Share)> ShareOfMineAsync(CancellationToken cancellation)
    {
        var name = $"{kind}-member/{member}";
        if (_membership is { Lost.IsCancellationRequested: true })
        {
            await _membership.DisposeAsync();
            _membership = null;
        }
        _membership ??= await leases.TryTakeAsync(name, cancellation);
        var members = await leases.HeldAsync($"{kind}-member/", cancellation);
        var place = members.ToList().IndexOf(name);
        if (place < 0)
            return (0, 0);
        var (least, left) = (pieces / members.Count, pieces % members.Count);
        return ((place * least) + Math.Min(place, left), least + (place < left ? 1 : 0));
    }

    static Piece Begin(int number, ILease lease, Func<int, ILease, CancellationToken, Task> work, Action<Exception> failed, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellation);
        return new Piece(lease, stop, Beside.BeginAsync(() => WorkAsync(() => work(number, lease, stop.Token), failed, stop.Token), CancellationToken.None));
    }

    static async Task WorkAsync(Func<Task> work, Action<Exception> failed, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            failed(failure);
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    async Task GiveBackAsync(int number)
    {
        var piece = _mine[number];
        await piece.Stop.CancelAsync();
        await piece.Work;
        _mine.Remove(number);
        piece.Stop.Dispose();
        await piece.Lease.DisposeAsync();
    }

    sealed record Piece(ILease Lease, CancellationTokenSource Stop, Task Work);
}
