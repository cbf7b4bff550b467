using Footfall.Server;
using Footfall.Server.Backup;

namespace Footfall.Tests.Backup;

public sealed class BackupFolderTests : IDisposable
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly string _path = Directory.CreateTempSubdirectory("footfall-kept-").FullName;
    readonly BackupFolder _folder;
    int _copies;

    public BackupFolderTests() => _folder = new BackupFolder(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void A_file_that_never_changes_is_copied_for_the_first_backup_alone()
    {
        Make(Start, ("log/1", "one", "1-of-one"), ("log/2", "two", null));
        Assert.Equal(2, _copies);
        var second = Make(Start.AddHours(1), ("log/1", "one", "1-of-one"), ("log/2", "two", null), ("log/3", "three", "3-of-three"));
        Assert.Equal(4, _copies);
        Assert.All(second.Files, file => Assert.Null(_folder.Check(file)));
    }

    [Fact]
    public void A_shared_file_that_was_lost_is_copied_again()
    {
        var first = Make(Start, ("log/1", "one", "1-of-one"));
        File.Delete(_folder.StoredAt(first.Files[0].Stored));
        Make(Start.AddHours(1), ("log/1", "one", "1-of-one"));
        Assert.Equal(2, _copies);
        Assert.Null(_folder.Check(first.Files[0]));
    }

    [Fact]
    public void A_backup_that_was_never_finished_is_none()
    {
        _folder.Begin(Start);
        Assert.Empty(_folder.All());
        Assert.Throws<UserErrorException>(() => _folder.Find(null));
    }

    [Fact]
    public void The_backup_for_a_time_is_the_first_that_reaches_it()
    {
        foreach (var hour in (int[])[0, 1, 2])
            Make(Start.AddHours(hour));
        Assert.Equal("2026-03-01T13-00-00Z", _folder.FindAfter(Start.AddMinutes(30)).Name);
        Assert.Equal("2026-03-01T14-00-00Z", _folder.FindAfter(Start.AddDays(1)).Name);
        Assert.Equal("2026-03-01T14-00-00Z", _folder.Find(null).Name);
    }

    [Fact]
    public void A_manifest_of_a_newer_format_is_refused()
    {
        (Make(Start) with { Format = Manifest.FormatVersion + 1 }).Write(Path.Combine(_path, "2026-03-01T12-00-00Z"));
        Assert.Contains("newer Footfall", Assert.Throws<UserErrorException>(_folder.All).Message, StringComparison.Ordinal);
    }

    Manifest Make(DateTimeOffset now, params IEnumerable<(string Path, string Text, string? Identity)> files)
    {
        var known = _folder.All().SelectMany(backup => backup.Files).DistinctBy(file => file.Stored).ToDictionary(file => file.Stored);
        var name = _folder.Begin(now);
        var part = new DataPart("log", _ => []);
        var taken = files.Select(file => _folder.Take(name, part, FileOf(file.Path, file.Text, file.Identity), known, out _)).ToList();
        var manifest = new Manifest(Manifest.FormatVersion, name, now, "0.1.0", 1, 0, null, null, taken);
        manifest.Write(Path.Combine(_path, name));
        return manifest;
    }

    PartFile FileOf(string path, string text, string? identity) => new(path, identity, target =>
    {
        _copies++;
        File.WriteAllText(target, text);
    });
}
