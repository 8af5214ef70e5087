using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PrivacyFunctions;

/// <summary>
/// Reads a section of the settings into its options, and refuses what is wrong before anything starts, in sentences that name
/// each setting with its section, as whoever set it wrote it: <c>Policy:UndoDays must be between 1 and 60.</c>
/// </summary>
internal static class Settings
{
    /// <summary>Registers a section's options. A wrong one throws <see cref="OptionsValidationException"/> when the host starts.</summary>
    public static void AddValidated<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>()
            .Configure(options => Fill(options, configuration.GetSection(section), section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new Validation<TOptions>(section));
    }

    private static void Fill<TOptions>(TOptions options, IConfigurationSection settings, string section)
        where TOptions : class
    {
        var unreadable = new List<string>();
        foreach (var property in Properties<TOptions>())
        {
            if (settings[property.Name] is null) continue;
            try
            {
                property.SetValue(options, settings.GetValue(property.PropertyType, property.Name));
            }
            catch (InvalidOperationException)
            {
                unreadable.Add(Unreadable(section, property));
            }
        }

        if (unreadable.Count > 0) throw new OptionsValidationException(section, typeof(TOptions), unreadable);
    }

    private static PropertyInfo[] Properties<TOptions>() => typeof(TOptions).GetProperties();

    // Without what it says, which may be a secret.
    private static string Unreadable(string section, PropertyInfo property) =>
        $"{section}:{property.Name} must be {KindOf(property.PropertyType)}.";

    private static string KindOf(Type type) =>
        type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : "an address such as https://example.com";

    private sealed class Validation<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            List<string> wrong = [.. Properties<TOptions>().SelectMany(property => Mistakes(options, property))];
            return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
        }

        private IEnumerable<string> Mistakes(TOptions options, PropertyInfo property)
        {
            var setting = $"{section}:{property.Name}";
            if (property.GetValue(options) is Uri { IsAbsoluteUri: false }) return [Unreadable(section, property)];
            var mistakes = new List<ValidationResult>();
            Validator.TryValidateProperty(
                property.GetValue(options),
                new ValidationContext(options) { MemberName = property.Name, DisplayName = setting }, mistakes);
            return mistakes.Select(mistake => mistake.ErrorMessage!
                .Replace($"The field {setting}", setting, StringComparison.Ordinal)
                .Replace($"The {setting} field", setting, StringComparison.Ordinal)).Distinct();
        }
    }
}
