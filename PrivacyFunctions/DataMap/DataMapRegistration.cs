using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.DataMap;

internal static class DataMapRegistration
{
    /// <summary>
    /// Registers the <see cref="DataMapRegister"/>: the file that the setting <c>DataMap:Path</c> names, else the map that
    /// was built in. It is read at once, so that a program with a broken map does not start.
    /// </summary>
    /// <exception cref="DataMapException">The map has gaps, or there is no such file.</exception>
    public static IServiceCollection AddDataMap(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(Load(configuration));

    /// <summary>The map that the settings name.</summary>
    /// <exception cref="DataMapException">The map has gaps, or there is no such file.</exception>
    public static DataMapRegister Load(IConfiguration configuration) =>
        configuration["DataMap:Path"] is { Length: > 0 } path ? LoadFile(path) : DataMapRegister.LoadEmbedded();

    private static DataMapRegister LoadFile(string path)
    {
        try
        {
            return DataMapRegister.Load(File.ReadAllText(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new DataMapException([$"DataMap:Path names the file {path}, which cannot be read"]);
        }
    }
}
