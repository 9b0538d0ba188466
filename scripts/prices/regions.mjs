/** Regions of the table by the names that AWS's price list gives them, in the order of the table. */
const REGIONS = {
  'US East (N. Virginia)': 'us-east-1',
  'US East (Ohio)': 'us-east-2',
  'US West (Oregon)': 'us-west-2',
  'EU (Frankfurt)': 'eu-central-1',
  'EU (Ireland)': 'eu-west-1',
  'EU (London)': 'eu-west-2',
  'EU (Paris)': 'eu-west-3',
  'EU (Stockholm)': 'eu-north-1',
  'Asia Pacific (Mumbai)': 'ap-south-1',
  'Asia Pacific (Singapore)': 'ap-southeast-1',
  'Asia Pacific (Sydney)': 'ap-southeast-2',
  'Asia Pacific (Tokyo)': 'ap-northeast-1',
  'Asia Pacific (Seoul)': 'ap-northeast-2',
  'Canada (Central)': 'ca-central-1',
  'South America (Sao Paulo)': 'sa-east-1',
};

const cities = (area, ...names) => names.map((name) => `${area} (${name})`);

const FURTHER_REGIONS = [
  ...cities('AWS GovCloud', 'US', 'US-East', 'US-West'),
  ...cities('Africa', 'Cape Town'),
  ...cities('Asia Pacific', 'Hong Kong', 'Hyderabad', 'Jakarta', 'Malaysia', 'Melbourne', 'New Zealand', 'Osaka'),
  ...cities('Asia Pacific', 'Taipei', 'Thailand'),
  ...cities('Canada West', 'Calgary'),
  ...cities('China', 'Beijing', 'Ningxia'),
  ...cities('EU', 'Milan', 'Spain', 'Zurich'),
  ...cities('Israel', 'Tel Aviv'),
  ...cities('Mexico', 'Central'),
  ...cities('Middle East', 'Bahrain', 'UAE'),
  ...cities('US West', 'N. California'),
];

const LOCAL_ZONES = [
  ...cities('US East', 'Atlanta', 'Boston', 'Chicago', 'Dallas', 'Houston', 'Kansas City 2', 'Miami', 'Minneapolis'),
  ...cities('US East', 'New York City', 'Philadelphia'),
  ...cities('US West', 'Denver', 'Honolulu', 'Las Vegas', 'Los Angeles', 'Phoenix', 'Portland', 'Seattle'),
  ...cities('India', 'Delhi', 'Kolkata'),
  'Argentina (Buenos Aires)',
  'Australia (Perth)',
  'Chile (Santiago)',
  'Denmark (Copenhagen)',
  'Finland (Helsinki)',
  'Germany (Hamburg)',
  'Mexico (Queretaro)',
  'Morocco (Casablanca)',
  'New Zealand (Auckland)',
  'Nigeria (Lagos)',
  'Oman (Muscat)',
  'Peru (Lima)',
  'Philippines (Manila)',
  'Poland (Warsaw)',
  'Senegal (Dakar)',
  'Taiwan (Taipei)',
  'Thailand (Bangkok)',
];

const LEFT_OUT = new Set([...FURTHER_REGIONS, ...LOCAL_ZONES]);

/** Wavelength Zones name the operator, such as `US West (Verizon) - Denver`. */
const WAVELENGTH = /^[\w ]+ \([\w ]+\) - [\w ]+$/;

/** What holds in every region stands once. */
const EVERYWHERE = 'Any';

/** Codes of the regions in the table, in its order. */
export const REGION_CODES = Object.values(REGIONS);

/** Codes of the regions of the table that a name of AWS's price list stands for; a name that nobody decided about throws. */
export function regionsNamed(name) {
  if (name === EVERYWHERE) {
    return REGION_CODES;
  }
  if (!(name in REGIONS) && !LEFT_OUT.has(name) && !WAVELENGTH.test(name)) {
    throw new Error(
      `Region '${name}' is unknown: add it to scripts/prices/regions.mjs, to the table or to what is left out`,
    );
  }
  return name in REGIONS ? [REGIONS[name]] : [];
}
