using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The builder that the app's composition root fills when it runs here.</summary>
internal sealed class WorkerBuilder(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middlewares = [];

    /// <inheritdoc/>
    public IServiceCollection Services => services;

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middlewares.Add(middleware);
        return this;
    }

    /// <summary>The middlewares around the function, the first added outermost.</summary>
    public FunctionExecutionDelegate BuildPipeline(FunctionExecutionDelegate function)
        => Enumerable.Reverse(_middlewares).Aggregate(function, (next, middleware) => middleware(next));
}
