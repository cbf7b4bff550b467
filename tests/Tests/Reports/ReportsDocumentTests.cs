using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

public sealed class ReportsDocumentTests
{
    [Fact]
    public void The_page_about_reports_tells_what_the_tables_say()
    {
        var path = Path.Combine(Root(), "docs", "reports.md");
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, ReportsDocument.Render());
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == ReportsDocument.Render(),
            "docs/reports.md differs from the tables: run the tests with FOOTFALL_UPDATE_DOCS=1 and commit it.");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Footfall.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
