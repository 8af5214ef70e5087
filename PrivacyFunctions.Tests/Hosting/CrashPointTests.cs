using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A drill whose point is never reached would show nothing: it is refused when the host starts.</summary>
public class CrashPointTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("before:start")]
    [InlineData("after:wake")]
    [InlineData("before:Send")]
    [InlineData("AFTER:send")]
    public void PointThatIsReached_IsTaken(string? point) => new CrashDrill(point).Check(["Send"]);

    [Theory]
    [InlineData("Send")]
    [InlineData("during:Send")]
    [InlineData("before:Sent")]
    public void PointThatIsNever_IsRefusedWithWhatThereIs(string point)
    {
        var refused = Assert.Throws<StartUpProblem>(() => new CrashDrill(point).Check(["Send", "Ask"]));

        Assert.Equal(
            $"There is no crash point \"{point}\". It is before:NAME or after:NAME, with one of these names: start, wake, Ask, Send.",
            refused.Message);
    }
}
