using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker;
using PrivacyFunctions.LocalHost.Worker.Protocol;

using RpcException = Grpc.Core.RpcException;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>The conversation with a worker that does not do what it should.</summary>
public sealed class WorkerChannelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly WorkerFunction Function = new(
        "f-1", "Function", new FunctionTrigger.Activity("Function"), "input", null, new RpcFunctionMetadata());

    private readonly WorkerChannel _channel = new("worker", new WorkerLogs(NullLoggerFactory.Instance));

    [Fact]
    public async Task Function_LongerThanItMayRun_IsGivenUpWithItsWorker()
    {
        _channel.FunctionTimeout = TimeSpan.FromMilliseconds(50);

        await Assert.ThrowsAsync<WorkerGoneException>(() => InvokeAsync(CancellationToken.None).WaitAsync(Patience));

        Assert.True(_channel.Ended.IsCompleted);
        await Assert.ThrowsAsync<WorkerGoneException>(() => InvokeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_BeforeItIsSent_IsNotSent()
    {
        var sent = new ToTheWorker();
        using var stop = new CancellationTokenSource();
        var serving = _channel.ServeAsync(new FromTheWorker(), sent, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InvokeAsync(new CancellationToken(canceled: true)));
        _channel.Tell(new() { RequestId = "the next" });

        Assert.Equal("the next", (await sent.NextAsync()).RequestId);
        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task Cancelled_WhileItRuns_IsAskedForFirstAndThenCancelled()
    {
        var sent = new ToTheWorker();
        using var stop = new CancellationTokenSource();
        using var cancelling = new CancellationTokenSource();
        var serving = _channel.ServeAsync(new FromTheWorker(), sent, stop.Token);
        var invoking = InvokeAsync(cancelling.Token);

        await cancelling.CancelAsync();

        Assert.Equal(StreamingMessage.ContentOneofCase.InvocationRequest, (await sent.NextAsync()).ContentCase);
        Assert.Equal("i-1", (await sent.NextAsync()).InvocationCancel.InvocationId);
        Assert.False(invoking.IsCompleted); // its end is waited for
        await stop.CancelAsync();
        await serving;
        await Assert.ThrowsAsync<WorkerGoneException>(() => invoking);
    }

    [Fact]
    public async Task Stream_OfSomebodyElse_IsRefusedAndDoesNotCountAsTheWorker()
    {
        var stranger = new FromTheWorker();
        stranger.Send(new() { StartStream = new() { WorkerId = "a guess" } });

        var refused = await Assert.ThrowsAsync<RpcException>(() => new FunctionRpcService(_channel)
            .EventStream(stranger, new ToTheWorker(), new Mock<ServerCallContext>().Object).WaitAsync(Patience));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.False(_channel.Connected.IsCompleted);
    }

    private Task<InvocationResponse> InvokeAsync(CancellationToken cancellation) =>
        _channel.InvokeAsync(Function, new() { InvocationId = "i-1" }, cancellation);
}
