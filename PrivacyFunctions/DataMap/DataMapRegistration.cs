using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.DataMap;

internal static class DataMapRegistration
{
    /// <summary>
    /// Registers the <see cref="DataMapRegister"/>: the file that the setting <c>DataMap:Path</c> names, else the map that
    /// was built in. It is read at once, so that a program with a broken map does not start.
    /// </summary>
    /// <exception cref="DataMapException">The map has gaps.</exception>
    public static IServiceCollection AddDataMap(this IServiceCollection services, IConfiguration configuration)
    {
        return services.AddSingleton(configuration["DataMap:Path"] is { Length: > 0 } path
            ? LoadFile(path)
            : DataMapRegister.LoadEmbedded());
    }

    private static DataMapRegister LoadFile(string path)
    {
        using var file = File.OpenRead(path);
        return DataMapRegister.Load(file);
    }
}
