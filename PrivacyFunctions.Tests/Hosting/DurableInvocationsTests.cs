using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker;
using static PrivacyFunctions.LocalHost.Worker.Protocol.StatusResult.Types;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>
/// What a worker answers while it is being stopped says nothing about the work: the engine must not take it for a result.
/// </summary>
public sealed class DurableInvocationsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly LoadedWorker Worker = new(
        null,
        [
            new("1", "Orchestrator", new FunctionTrigger.Orchestration("Orchestrator"), "context", null, new()),
            new("2", "Activity", new FunctionTrigger.Activity("Activity"), "input", null, new()),
        ]);

    private readonly WorkerChannel _channel = new("worker", new WorkerLogs(NullLoggerFactory.Instance));
    private readonly FromTheWorker _heard = new();
    private readonly ToTheWorker _sent = new();
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DurableInvocations _durable;
    private Task _serving = Task.CompletedTask;

    public DurableInvocationsTests() => _durable = new(_channel, Worker, new Invocations("http://127.0.0.1"));

    public Task InitializeAsync()
    {
        _serving = _channel.ServeAsync(_heard, _sent, _end.Token);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
    }

    public void Dispose()
    {
        _end.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Turn_AnsweredCancelled_DoesNotFailTheOrchestration()
    {
        var turn = RunTurnAsync();
        Answer(await AskedAsync(), Status.Cancelled);
        await Assert.ThrowsAsync<WorkerGoneException>(() => turn);
    }

    [Fact]
    public async Task Turn_AnsweredFailedDuringTheStop_DoesNotFailTheOrchestration()
    {
        var turn = RunTurnAsync();
        var asked = await AskedAsync();
        await _stop.CancelAsync();
        Answer(asked, Status.Failure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
    }

    [Fact]
    public async Task Activity_AnsweredCancelledDuringTheStop_HasNotFailed()
    {
        var activity = _durable.RunActivityAsync(new("i", "Activity", null), _stop.Token).WaitAsync(Patience);
        var asked = await AskedAsync();
        await _stop.CancelAsync();
        Answer(asked, Status.Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => activity);
    }

    private Task<OrchestratorResponse> RunTurnAsync() =>
        _durable.RunTurnAsync("Orchestrator", new() { InstanceId = "i" }, _stop.Token).WaitAsync(Patience);

    private async Task<string> AskedAsync() => (await _sent.NextAsync()).InvocationRequest.InvocationId;

    private void Answer(string invocation, Status status) => _heard.Send(new()
    {
        InvocationResponse = new() { InvocationId = invocation, Result = new() { Status = status } },
    });
}
