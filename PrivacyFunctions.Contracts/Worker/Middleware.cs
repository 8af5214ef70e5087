namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Runs the rest of an invocation: the next middleware or the function itself.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>Stands around every invocation of every function. One instance serves all of them at once.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Calls <paramref name="next"/> to let the invocation go on, or does not, to refuse it.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
