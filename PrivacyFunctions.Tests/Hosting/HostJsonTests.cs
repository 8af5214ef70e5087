using PrivacyFunctions.LocalHost.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class HostJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{ "version": "2.0" }""", "00:30:00")]
    [InlineData("""{ "functionTimeout": "00:10:00" }""", "00:10:00")]
    [InlineData("""{ "functionTimeout": "-1" }""", "-00:00:00.0010000")]
    public void FunctionTimeout_AsWritten_IsHowLongAFunctionMayRun(string json, string limit) =>
        Assert.Equal(limit, Read(json).FunctionTimeout.ToString());

    [Theory]
    [InlineData("soon")]
    [InlineData("00:00:00")]
    [InlineData("-00:01:00")]
    [InlineData("100.00:00:00")]
    public void FunctionTimeout_ThatIsNoTime_IsRefusedInOneSentence(string limit) => Assert.Equal(
        $"host.json: functionTimeout is a time such as 00:30:00, or -1 for none, not \"{limit}\".",
        Assert.Throws<FunctionStartupException>(() => Read($$"""{ "functionTimeout": "{{limit}}" }""")).Message);

    public void Dispose() => _folder.Dispose();

    private HostJson Read(string json)
    {
        var path = Path.Combine(_folder.Path, "host.json");
        File.WriteAllText(path, json);
        return HostJson.Read(path);
    }
}
