using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Loggers of an invocation.</summary>
public static class FunctionContextLoggerExtensions
{
    /// <summary>A logger whose category is the type's full name.</summary>
    public static ILogger<T> GetLogger<T>(this FunctionContext context)
        => context.InstanceServices.GetService<ILogger<T>>()!;

    /// <summary>A logger of the category <c>Function.{categoryName}.User</c>.</summary>
    public static ILogger GetLogger(this FunctionContext context, string categoryName)
        => context.InstanceServices.GetService<ILoggerFactory>()!.CreateLogger($"Function.{categoryName}.User");
}
