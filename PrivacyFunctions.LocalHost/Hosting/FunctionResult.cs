using System.Reflection;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>How what a method returns becomes a value: nothing, a value, or a task of either.</summary>
/// <param name="Type">The value's type; null when there is none.</param>
/// <param name="AwaitAsync">Awaits what the method returned. It keeps to the caller's synchronisation context, because an
/// orchestrator may not leave its own.</param>
internal sealed record FunctionResult(Type? Type, Func<object?, Task<object?>> AwaitAsync)
{
    /// <summary>For a method's declared return type.</summary>
    public static FunctionResult Of(Type returned)
    {
        if (returned == typeof(void))
            return new(null, _ => Task.FromResult<object?>(null));
        if (returned == typeof(Task))
            return new(null, task => Finish((Task)task!));
        if (returned == typeof(ValueTask))
            return new(null, task => Finish(((ValueTask)task!).AsTask()));
        if (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>))
            return Generic(nameof(FinishTask), returned);
        if (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Generic(nameof(FinishValueTask), returned);
        return new(returned, Task.FromResult);
    }

    private static FunctionResult Generic(string finish, Type returned)
    {
        var type = returned.GetGenericArguments()[0];
        var method = typeof(FunctionResult).GetMethod(finish, BindingFlags.NonPublic | BindingFlags.Static)!;
        return new(type, method.MakeGenericMethod(type).CreateDelegate<Func<object?, Task<object?>>>());
    }

    private static async Task<object?> Finish(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> FinishTask<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> FinishValueTask<T>(object? task) => await (ValueTask<T>)task!;
}
