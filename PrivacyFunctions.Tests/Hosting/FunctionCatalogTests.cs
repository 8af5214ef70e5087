using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.LocalHost.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class FunctionCatalogTests
{
    [Theory]
    [InlineData(typeof(TwoOfOneName), "Two functions are named", "First and", "Second")]
    [InlineData(typeof(UnknownParameter), "Function X: the parameter other (Uri) can be bound to nothing")]
    [InlineData(
        typeof(RouteParameterOfOddType),
        "Function X: the parameter id (DateTime) can take a route value as string, Guid, int, long or bool only")]
    [InlineData(typeof(NoTrigger), "Function X: a function has one parameter with a trigger, this one has 0")]
    [InlineData(typeof(TwoTriggers), "Function X: a function has one parameter with a trigger, this one has 2")]
    [InlineData(typeof(WrongTriggerType), "Function X: the parameter request (String) must be a HttpRequest")]
    [InlineData(typeof(SlashRoute), "Function X: the route \"/\" begins with a slash")]
    [InlineData(typeof(MalformedRoute), "Function X: the route \"{open\" cannot be read")]
    [InlineData(typeof(PlainResult), "Function X: an HTTP function returns IResult or IActionResult, or a Task of one")]
    [InlineData(typeof(NoResult), "Function X: an HTTP function returns IResult or IActionResult, or a Task of one")]
    [InlineData(typeof(AsyncVoid), "Function X: async void cannot be awaited")]
    [InlineData(typeof(TimerWithResult), "Function X: a timer function returns nothing, or Task")]
    [InlineData(typeof(UserLevel), "Function X: the authorization level User is not for functions")]
    [InlineData(typeof(BadName), "Function 1 x: the name must begin with a letter")]
    [InlineData(typeof(NotPublic), "Function X: the method Run must be public")]
    [InlineData(typeof(TwoDurable), "A and B answer to the same durable name Work")]
    public void Discover_FunctionTheHostCannotRun_SaysWhatToCorrect(Type owner, params string[] words)
    {
        var refused = Assert.Throws<FunctionStartupException>(() => FunctionCatalog.Discover([owner]));
        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Discover_SeveralErrors_NamesThemAll()
    {
        var refused = Assert.Throws<FunctionStartupException>(() => FunctionCatalog.Discover([typeof(NoTrigger), typeof(BadName)]));
        Assert.Equal(2, refused.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Discover_Functions_AreInOrdinalOrderOfTheirNamesAndFoundWhateverTheCase()
    {
        var catalog = FunctionCatalog.Discover([typeof(Ordered)]);
        Assert.Equal(["B", "Z", "a"], catalog.Functions.Select(function => function.Name));
        Assert.Equal("Z", catalog.Find("z")?.Name);
        Assert.Equal("B", catalog.FindActivity("b")?.Name);
        Assert.Null(catalog.FindActivity("Z"));
        Assert.Equal("Z", catalog.FindOrchestrator("Other")?.Name);
    }

    [Fact]
    public void Discover_Definition_NamesMethodAndHasAStableId()
    {
        var first = FunctionCatalog.Discover([typeof(Ordered)]).Find("B")!.Definition;
        var second = FunctionCatalog.Discover([typeof(Ordered)]).Find("B")!.Definition;
        Assert.EndsWith("FunctionCatalogTests+Ordered.Activity", first.EntryPoint, StringComparison.Ordinal);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(typeof(Ordered).Assembly.Location, first.PathToAssembly);
    }

    private static class TwoOfOneName
    {
        [Function("same")]
        public static void First([ActivityTrigger] string input) => _ = input;

        [Function("Same")]
        public static void Second([ActivityTrigger] string input) => _ = input;
    }

    private static class UnknownParameter
    {
        [Function("X")]
        public static void Run([ActivityTrigger] string input, Uri other) => _ = (input, other);
    }

    private static class RouteParameterOfOddType
    {
        [Function("X")]
        public static IResult Run([HttpTrigger(Route = "{id}")] HttpRequest request, DateTime id) => Results.Ok((request, id));
    }

    private static class NoTrigger
    {
        [Function("X")]
        public static void Run(FunctionContext context) => _ = context;
    }

    private static class TwoTriggers
    {
        [Function("X")]
        public static void Run([ActivityTrigger] string input, [TimerTrigger("0 0 0 * * *")] TimerInfo timer) => _ = (input, timer);
    }

    private static class WrongTriggerType
    {
        [Function("X")]
        public static IResult Run([HttpTrigger] string request) => Results.Ok(request);
    }

    private static class SlashRoute
    {
        [Function("X")]
        public static IResult Run([HttpTrigger(Route = "/")] HttpRequest request) => Results.Ok(request);
    }

    private static class MalformedRoute
    {
        [Function("X")]
        public static IResult Run([HttpTrigger(Route = "{open")] HttpRequest request) => Results.Ok(request);
    }

    private static class PlainResult
    {
        [Function("X")]
        public static Task<string> Run([HttpTrigger] HttpRequest request) => Task.FromResult(request.Method);
    }

    private static class NoResult
    {
        [Function("X")]
        public static Task Run([HttpTrigger] HttpRequest request) => request.Body.FlushAsync();
    }

    private static class AsyncVoid
    {
        [Function("X")]
        public static async void Run([ActivityTrigger] Task input) => await input;
    }

    private static class TimerWithResult
    {
        [Function("X")]
        public static Task<int> Run([TimerTrigger("0 0 0 * * *")] TimerInfo timer) => Task.FromResult(timer.IsPastDue ? 1 : 0);
    }

    private static class UserLevel
    {
        [Function("X")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => Results.Ok(request);
    }

    private static class BadName
    {
        [Function("1 x")]
        public static void Run([ActivityTrigger] string input) => _ = input;
    }

    private static class NotPublic
    {
        [Function("X")]
        internal static void Run([ActivityTrigger] string input) => _ = input;
    }

    private static class TwoDurable
    {
        [Function("A")]
        public static void A([ActivityTrigger(Activity = "Work")] string input) => _ = input;

        [Function("B")]
        public static void B([ActivityTrigger(Activity = "Work")] string input) => _ = input;
    }

    private static class Ordered
    {
        [Function("a")]
        public static void Timer([TimerTrigger("0 0 0 * * *")] TimerInfo timer) => _ = timer;

        [Function("Z")]
        public static void Orchestrator([OrchestrationTrigger(Orchestration = "Other")] TaskOrchestrationContext context) => _ = context;

        [Function("B")]
        public static void Activity([ActivityTrigger] string input) => _ = input;
    }
}
