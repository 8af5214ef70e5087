using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using PrivacyFunctions.Faults;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Faults;

/// <summary>No text of a failure leaves the app: not to the host, not to its log, not to who asked.</summary>
[Clause("C-SECURE")]
public class NeutralFailuresTests
{
    private const string Secret = "eleni@example.org";

    private readonly ListeningLog _log = new();

    [Fact]
    public async Task Activity_ThatFails_FailsWithItsNameAndItsKind()
    {
        var failure = new RequestFailedException(503, Secret, "ServerBusy", new InvalidOperationException(Secret));
        var seen = await Assert.ThrowsAsync<FunctionFailedException>(
            () => RunAsync(FailureKindsTests.AsTheWorkerHandsItOn(failure, new FailureKinds())));
        Assert.Equal("PackageExport failed: RequestFailedException 503 ServerBusy", seen.Message);
        Assert.DoesNotContain(Secret, seen.ToString());
        Assert.StartsWith("PackageExport failed: RequestFailedException 503 ServerBusy", Assert.Single(Logged()));
    }

    [Fact]
    public async Task Orchestration_ThatCannotBeRun_LosesItsWordsToo()
    {
        var seen = await Assert.ThrowsAsync<FunctionFailedException>(() => RunAsync(new InvalidOperationException(Secret)));
        Assert.DoesNotContain(Secret, seen.ToString());
    }

    [Fact]
    public async Task Function_ThatIsCalledOff_IsSeenToBeAndTellsNothingMore()
    {
        var seen = await Assert.ThrowsAsync<FunctionFailedException>(
            () => RunAsync(new InvalidOperationException(Secret), calledOff: true));
        Assert.IsType<OperationCanceledException>(seen.InnerException); // by which the worker tells the host
        Assert.DoesNotContain(Secret, seen.ToString());
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task HttpFunction_ThatFails_IsAnsweredWithProblemDetails()
    {
        var http = Http();
        await RunAsync(new AggregateException(Secret, new InvalidOperationException(Secret)), http);
        http.Response.Body.Position = 0;
        var answer = await new StreamReader(http.Response.Body).ReadToEndAsync();
        Assert.Equal(500, http.Response.StatusCode);
        Assert.Contains("Something went wrong on our side", answer);
        Assert.DoesNotContain(Secret, answer);
        Assert.StartsWith("PackageExport failed: InvalidOperationException", Assert.Single(Logged()));
    }

    [Fact]
    public async Task HttpFunction_WhoseAnswerHasBegun_FailsNeutrally()
    {
        var http = new Mock<HttpContext>();
        http.SetupGet(found => found.Response.HasStarted).Returns(true);
        var seen = await Assert.ThrowsAsync<FunctionFailedException>(
            () => RunAsync(new InvalidOperationException(Secret), http.Object));
        Assert.DoesNotContain(Secret, seen.ToString());
    }

    private List<string> Logged()
    {
        Assert.All(_log.Lines, line => Assert.DoesNotContain(Secret, line));
        return _log.Lines;
    }

    private Task RunAsync(Exception failure, HttpContext? http = null, bool calledOff = false)
    {
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.FunctionDefinition.Name).Returns("PackageExport");
        context.SetupGet(found => found.CancellationToken).Returns(new CancellationToken(calledOff));
        var items = new Dictionary<object, object>();
        if (http is not null) items["HttpRequestContext"] = http; // where the worker's ASP.NET Core integration puts it
        context.SetupGet(found => found.Items).Returns(items);
        FunctionExecutionDelegate fails = _ => throw failure;
        return new NeutralFailures(_log).Invoke(context.Object, fails);
    }

    private static DefaultHttpContext Http()
    {
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider(),
            Response = { Body = new MemoryStream() },
        };
        http.Request.Headers.Accept = "application/json";
        return http;
    }

    private sealed class ListeningLog : ILogger<NeutralFailures>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            Assert.Null(exception);
            Lines.Add(formatter(state, exception));
        }
    }
}
