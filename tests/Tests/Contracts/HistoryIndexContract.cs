using Footfall.Core.Search;
using Footfall.Tests.Adapters.ArchiveFolder;

namespace Footfall.Tests.Contracts;

/// <summary>Two thirds of the hits are sealed, in two segments, and the rest is in the log alone.</summary>
public sealed class HistoryIndexContract : HitIndexContract, IDisposable
{
    readonly ArchiveScratch _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<IHitIndex> OpenAsync()
    {
        var archive = _folder.Open();
        var records = await RecordsAsync(Log);
        await ArchiveScratch.SealAsync(archive, records[..100]);
        var segment = await ArchiveScratch.SealAsync(archive, records[100..200]);
        await Log.ReleaseAsync("archive", segment.EndPosition, Stop);
        return new HistoryIndex(Log, archive, [0]);
    }

    [Fact]
    public async Task A_process_that_reads_no_log_says_what_to_do()
    {
        var told = await Assert.ThrowsAsync<HitSearchUnavailableException>(
            async () => await new HistoryIndex(Log, _folder.Open(), []).SearchAsync(new HitQuery(1), Stop));
        Assert.Contains("processes or archives", told.Message, StringComparison.Ordinal);
    }
}
