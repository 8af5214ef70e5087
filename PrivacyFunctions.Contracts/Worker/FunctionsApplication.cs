using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The entry point of a function app.</summary>
[SuppressMessage("Design", "CA1052", Justification = "The real class can be constructed, and the surface is compared.")]
public class FunctionsApplication
{
    /// <summary>A builder with the worker's defaults.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

/// <summary>Builds a function app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder _builder;

    internal FunctionsApplicationBuilder(string[] args) => _builder = new HostApplicationBuilder(args);

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_builder).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => _builder.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _builder.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _builder.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _builder.Metrics;

    /// <inheritdoc cref="IFunctionsWorkerApplicationBuilder.Services"/>
    public IServiceCollection Services => _builder.Services;

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
        => _builder.ConfigureContainer(factory, configure);

    /// <summary>Adds nothing: nothing of this builder runs in the Embedded build.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;

    /// <summary>Always throws: the Embedded build has no worker process.</summary>
    /// <exception cref="InvalidOperationException">Always; its message names the program to run instead.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "The real one is an instance method.")]
    public IHost Build() => throw new InvalidOperationException(
        "This is the Embedded build of the app, which the local host runs: dotnet run --project PrivacyFunctions.LocalHost");
}

/// <summary>The ASP.NET Core integration.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets functions take <c>HttpRequest</c> and return <c>IResult</c> or <c>IActionResult</c>.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
        => builder;
}
