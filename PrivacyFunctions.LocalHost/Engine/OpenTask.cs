using Microsoft.DurableTask;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Something that the orchestrator awaits: an activity, a sub-orchestration, a timer or an event.</summary>
internal interface IOpenTask
{
    /// <summary>The type of the awaited value.</summary>
    Type ResultType { get; }

    /// <summary>Completes it with a value in JSON; one that cannot be read as the awaited type makes it fail.</summary>
    void Complete(string? json);

    /// <summary>Makes it fail with the message that survived.</summary>
    void Fail(string message);

    /// <summary>Cancels it.</summary>
    void Cancel(CancellationToken cancellation);
}

/// <inheritdoc cref="IOpenTask"/>
internal sealed class OpenTask<T>(string name, int id, DataConverter converter) : IOpenTask
{
    // As on the Functions host: the exception's type is not kept, so no retry policy can select by it.
    private const string UnknownErrorType = "(unknown)";

    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public Type ResultType => typeof(T);

    public void Complete(string? json)
    {
        T value;
        try
        {
            value = converter.Deserialize<T>(json)!;
        }
        catch (Exception unreadable)
        {
            // It belongs to whoever awaits the value, like any other failure of the call.
            _source.SetException(unreadable);
            return;
        }

        _source.SetResult(value);
    }

    public void Fail(string message)
    {
        var details = new TaskFailureDetails(UnknownErrorType, message, null, null, null);
        _source.SetException(new TaskFailedException(name, id, details));
    }

    public void Cancel(CancellationToken cancellation) => _source.TrySetCanceled(cancellation);
}
