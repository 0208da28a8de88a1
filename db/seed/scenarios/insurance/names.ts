/** A part of India with its common given names, family names, cities and languages of messages. */
export type Region = {
  share: number;
  women: readonly string[];
  men: readonly string[];
  families: readonly string[];
  cities: readonly string[];
  /** BCP 47 code → weight. */
  languages: Record<string, number>;
};

const words = (text: string): string[] => text.split(" ");

export const regions = {
  north: {
    share: 34,
    women: words(
      "Anjali Aarti Deepika Garima Isha Jyoti Kavita Komal Manisha Meena Neha Nisha Pooja Preeti Priya Radha Rashmi Ritu Sangeeta Seema Shalini Shikha Sneha Sunita Swati Vandana",
    ),
    men: words(
      "Aditya Ajay Amit Anil Ankit Arun Ashok Deepak Dinesh Gaurav Harish Manoj Mohit Mukesh Naveen Nitin Pankaj Pradeep Rahul Rajesh Rakesh Ravi Rohit Sandeep Sanjay Shubham Sunil Vikas Vinod Vivek",
    ),
    families: words(
      "Agarwal Bansal Bhardwaj Chaturvedi Chauhan Dubey Garg Goyal Gupta Jain Kumar Mathur Mishra Pandey Rajput Rastogi Saxena Sharma Shukla Singh Srivastava Tiwari Tripathi Tyagi Verma Yadav",
    ),
    cities: words(
      "Delhi Lucknow Kanpur Jaipur Noida Gurugram Ghaziabad Agra Varanasi Bhopal Indore Patna Ranchi Dehradun",
    ),
    languages: { hi: 72, en: 28 },
  },
  muslim: {
    share: 9,
    women: words("Aisha Ayesha Farah Fatima Heena Nazia Rukhsar Saba Sana Shabana Shaheen Zara Zoya"),
    men: words("Aamir Arif Asif Faisal Imran Irfan Javed Mohsin Nadeem Rehan Salman Shahid Tariq Wasim Zaid"),
    families: words("Ahmed Ali Ansari Hussain Khan Malik Mirza Pathan Qureshi Rizvi Shaikh Siddiqui"),
    cities: words("Lucknow Hyderabad Mumbai Delhi Aligarh Bhopal Bengaluru Aurangabad"),
    languages: { hi: 45, en: 50, ur: 5 },
  },
  west: {
    share: 19,
    women: words(
      "Aditi Amruta Ashwini Gauri Ketaki Madhuri Manasi Mrunal Pallavi Rucha Sayali Shubhangi Snehal Vaishali Bhavna Dhara Hetal Kinjal Komal Nidhi Riddhi",
    ),
    men: words(
      "Abhijit Akshay Amol Aniket Chinmay Girish Mandar Mahesh Nikhil Omkar Prasad Sachin Sagar Shrikant Tushar Bhavesh Chirag Dhruv Hardik Jignesh Ketan Mehul Parth",
    ),
    families: words(
      "Bhosale Chavan Deshmukh Deshpande Gaikwad Jadhav Joshi Kadam Kulkarni More Patil Pawar Sawant Shinde Amin Dave Desai Mehta Modi Parekh Patel Shah Trivedi",
    ),
    cities: words("Mumbai Pune Nagpur Nashik Thane Ahmedabad Surat Vadodara Rajkot Kolhapur"),
    languages: { en: 52, hi: 18, mr: 18, gu: 12 },
  },
  south: {
    share: 25,
    women: words(
      "Aishwarya Akila Anitha Bhavani Deepa Divya Gayathri Hema Janani Kalyani Kavya Lakshmi Lavanya Meenakshi Nandini Padma Pavithra Revathi Sandhya Shobha Sowmya Sridevi Swapna Vidya",
    ),
    men: words(
      "Anand Aravind Arjun Balaji Bharath Dinesh Ganesh Gopal Hari Karthik Kiran Madhav Manjunath Murali Naveen Prabhu Praveen Raghav Ramesh Sathish Senthil Srinivas Suresh Vasanth Venkatesh Vijay",
    ),
    families: words(
      "Iyer Iyengar Krishnan Murugan Natarajan Rajan Raman Subramanian Gowda Hegde Kamath Rao Shetty Chowdary Naidu Prasad Raju Reddy Varma Menon Nair Nambiar Pillai Warrier",
    ),
    cities: words(
      "Chennai Bengaluru Hyderabad Coimbatore Madurai Mysuru Mangaluru Kochi Thiruvananthapuram Visakhapatnam Vijayawada Tiruchirappalli",
    ),
    languages: { en: 64, ta: 12, te: 11, kn: 8, ml: 5 },
  },
  east: {
    share: 9,
    women: words(
      "Ananya Debjani Indrani Mitali Moumita Paromita Rupa Sharmila Sohini Sreya Sushmita Tanushree",
    ),
    men: words("Abhishek Anirban Arnab Debashish Indranil Kaushik Partha Saikat Sourav Subhash Sumit Tanmoy"),
    families: words(
      "Banerjee Bhattacharya Bose Chakraborty Chatterjee Das Dutta Ghosh Mukherjee Pal Roy Sarkar Sen Mohanty Nayak Panda Sahoo",
    ),
    cities: words("Kolkata Howrah Siliguri Durgapur Bhubaneswar Cuttack Guwahati"),
    languages: { en: 60, bn: 30, hi: 10 },
  },
  punjab: {
    share: 4,
    women: words("Gurpreet Harleen Harpreet Jasleen Kiranjot Manpreet Navneet Parminder Simran Sukhmani"),
    men: words("Amarjit Baljit Gurdeep Harjit Inderpal Jaspreet Kulwinder Manjit Navjot Paramjit Sukhdev"),
    families: words("Bajwa Dhillon Gill Grewal Kaur Sandhu Sidhu Singh Sodhi Toor"),
    cities: words("Ludhiana Amritsar Chandigarh Jalandhar Patiala Mohali"),
    languages: { hi: 40, en: 40, pa: 20 },
  },
} satisfies Record<string, Region>;

export type RegionKey = keyof typeof regions;

/** Hindi names as their bearers write them: a part of the Hindi speakers is kept in Devanagari. */
export const devanagari = {
  given: [
    "अंजलि",
    "कविता",
    "सुनीता",
    "प्रिया",
    "रेखा",
    "नेहा",
    "सीमा",
    "मनोज",
    "राजेश",
    "संजय",
    "विकास",
    "अमित",
    "दीपक",
    "सुरेश",
    "अशोक",
    "रवि",
  ],
  families: ["शर्मा", "वर्मा", "गुप्ता", "मिश्रा", "पांडेय", "सिंह", "यादव", "तिवारी", "चौहान", "श्रीवास्तव"],
} as const;
