using System.Text.Json;
using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

public sealed class ReportFormTests
{
    [Fact]
    public void Query_parameters_say_the_same_as_json()
    {
        var problems = new List<ReportProblem>();
        var request = ReportForm.Read(
            [
                new("metrics", "visits,events"), new("dimensions", "page,prop:plan"), new("from", "2026-01-01"), new("order", "-visits"), new("limit", "5"),
                new("filters", "page:is:/a:b"), new("filters", "prop:x:in:1,2"), new("filters", """{"not":{"dimension":"os","value":"iOS"}}"""),
            ], problems);
        Assert.Empty(problems);
        const string Json = """
            {"metrics":["visits","events"],"dimensions":["page","prop:plan"],"from":"2026-01-01","order":["-visits"],"limit":5,"filters":[
              {"dimension":"page","op":"is","value":"/a:b"},{"dimension":"prop:x","op":"in","values":["1","2"]},{"not":{"dimension":"os","value":"iOS"}}]}
            """;
        var same = JsonSerializer.Deserialize(Json, ReportJson.Default.ReportRequest)!;
        Assert.Equal(JsonSerializer.Serialize(same, ReportJson.Default.ReportRequest), JsonSerializer.Serialize(request, ReportJson.Default.ReportRequest));
    }

    [Theory]
    [InlineData("metric", "visits", "metric")]
    [InlineData("limit", "many", "limit")]
    [InlineData("filters", "page", "filters[0]")]
    [InlineData("filters", "{", "filters[0]")]
    [InlineData("filters", "[1]", "filters[0]")]
    public void What_cannot_be_read_is_named(string name, string value, string field)
    {
        var problems = new List<ReportProblem>();
        ReportForm.Read([new(name, value)], problems);
        Assert.Equal(field, Assert.Single(problems).Field);
    }
}
