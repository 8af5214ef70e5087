using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using PrivacyFunctions.LocalHost.Worker.Protocol;

using RpcException = Grpc.Core.RpcException;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>
/// The conversation with one worker: requests go out in order, each answer finds the request that it belongs to. When the
/// stream ends, whatever still waits for an answer fails, and so does whatever is asked later.
/// </summary>
/// <param name="workerId">The id under which the worker has to connect: a secret between it and this host.</param>
/// <param name="log">Takes what the worker logs.</param>
internal sealed class WorkerChannel(string workerId, WorkerLogs log)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new() { SingleReader = true });

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _waiting = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>See the parameter of the constructor.</summary>
    public string WorkerId => workerId;

    /// <summary>Completes when the worker has connected.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Completes when the worker is gone; it never connects again.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the worker and waits for the answer.</summary>
    /// <exception cref="WorkerGoneException">The worker is gone, or goes before it answers.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage request, CancellationToken cancellation)
    {
        request.RequestId = Guid.NewGuid().ToString();
        return ExpectAsync(request.RequestId, request, cancellation);
    }

    /// <summary>Invokes a function; that it failed is logged. Cancelling asks the worker to cancel it and still waits for its
    /// end.</summary>
    /// <exception cref="WorkerGoneException">The worker is gone, goes before the function ends, or is given up because the function
    /// takes longer than it may.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled already; nothing was invoked.</exception>
    public async Task<InvocationResponse> InvokeAsync(
        WorkerFunction function, InvocationRequest invocation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answering = ExpectAsync(invocation.InvocationId, new() { InvocationRequest = invocation }, CancellationToken.None);
        // Not before the request is on its way: the worker would not know what it is to cancel.
        await using var cancelling = cancellation.Register(() => Tell(new()
        {
            InvocationCancel = new() { InvocationId = invocation.InvocationId },
        }));
        using var limit = new CancellationTokenSource(FunctionTimeout);
        await using var giving = limit.Token.Register(() => GiveUp(function.Name));
        var response = (await answering).InvocationResponse;
        if (response.Result.Status == StatusResult.Types.Status.Failure) log.WriteFailure(function.Name, response.Result.Exception);
        return response;
    }

    /// <summary>For how long a function may run: host.json's <c>functionTimeout</c>, in real time.</summary>
    public TimeSpan FunctionTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Sends what has no answer; nothing happens when the worker is gone.</summary>
    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Carries the stream until it ends.</summary>
    public async Task ServeAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        if (!_connected.TrySetResult())
            throw new RpcException(new Status(StatusCode.AlreadyExists, "The worker is connected already."));
        try
        {
            await Task.WhenAny(WriteAsync(outgoing, cancellation), ReadAsync(incoming, cancellation)).Unwrap();
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or RpcException)
        {
            // The worker's process died or the host stops: the end of the stream, as below.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Lets everything that waits for the worker fail: it will not come, or not come back.</summary>
    public void End()
    {
        _ended.TrySetResult();
        _outgoing.Writer.TryComplete();
        foreach (var key in _waiting.Keys)
            if (_waiting.TryRemove(key, out var waiting)) waiting.TrySetException(new WorkerGoneException());
    }

    // As the Functions host does: nobody knows what a worker still does that does not answer.
    private void GiveUp(string function)
    {
        log.WriteTimeout(function, FunctionTimeout);
        End();
    }

    private async Task<StreamingMessage> ExpectAsync(string key, StreamingMessage request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[key] = answer;
        try
        {
            // Looked at after the entry is made: an end that comes later finds it.
            if (!_outgoing.Writer.TryWrite(request) || _ended.Task.IsCompleted) throw new WorkerGoneException();
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            _waiting.TryRemove(key, out _);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellation)) await outgoing.WriteAsync(message, cancellation);
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamingMessage> incoming, CancellationToken cancellation)
    {
        while (await incoming.MoveNext(cancellation))
        {
            var message = incoming.Current;
            if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog) log.Write(message.RpcLog);
            else if (_waiting.TryRemove(KeyOf(message), out var waiting)) waiting.TrySetResult(message);
        }
    }

    // The worker answers an invocation under the invocation's id.
    private static string KeyOf(StreamingMessage message) =>
        message.ContentCase == StreamingMessage.ContentOneofCase.InvocationResponse
            ? message.InvocationResponse.InvocationId
            : message.RequestId;
}

/// <summary>The worker's process or its connection is gone, so nobody knows what became of what was asked.</summary>
internal sealed class WorkerGoneException() : Exception("The function app's worker is gone.");
