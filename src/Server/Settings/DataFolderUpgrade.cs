using System.Globalization;

namespace Footfall.Server.Settings;

/// <summary>
/// Brings a data folder to the format of this program before anything opens it: runs the migrations it has not had, in order, and notes each
/// once it is done, so that an upgrade that was interrupted goes on where it was. The notes are the file <c>migrations</c>.
/// </summary>
public static class DataFolderUpgrade
{
    const string FileName = "migrations";

    /// <param name="told">Told of each migration before it begins, because one may take a while.</param>
    /// <exception cref="UserErrorException">A newer program has changed the folder; this one leaves it as it is.</exception>
    public static void Run(DataFolder folder, IReadOnlyList<Migration> migrations, TimeProvider clock, Action<string> told)
    {
        var path = Path.Combine(folder.Path, FileName);
        var notes = File.Exists(path) ? File.ReadAllLines(path).Where(line => line.Length > 0).ToList() : [];
        var done = notes.Select(line => line.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        if (done.Except(migrations.Select(migration => migration.Name)).FirstOrDefault() is { } unknown)
        {
            throw new UserErrorException(
                $"The data folder {folder.Path} was changed by a newer Footfall ({unknown}), which this one does not know; upgrade it or choose another folder with --data");
        }
        foreach (var migration in migrations.Where(migration => !done.Contains(migration.Name)))
        {
            if (!folder.IsNew)
            {
                told($"Upgrading the data folder: {migration.Name} ...");
                migration.Run(folder);
            }
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{migration.Name} {clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}"));
            Write(path, notes);
        }
    }

    static void Write(string path, List<string> notes)
    {
        var draft = path + ".new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(notes.Select(note => note + "\n"))));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
